package io.basaltdb.benchmarks.hits;

import io.basaltdb.benchmarks.data.RowBatch;
import java.util.ArrayList;
import java.util.List;

/// The columns whose values are drawn by their [Fill]: those of a site, a user or a visit are drawn once and written
/// for each of its rows, those of a hit are drawn for each row.
final class HeldValues {

    private record NumberColumn(int index, Fill.Numbers fill) {}

    private record TextColumn(int index, Fill.Choice fill) {}

    private final RowBatch batch;
    private final List<NumberColumn> numbers = new ArrayList<>();
    private final List<TextColumn> texts = new ArrayList<>();
    private final NumberColumn[] hitNumbers;
    private final TextColumn[] hitTexts;
    private final int[] heldNumbers;
    private final int[] heldTexts;
    private final long[] values = new long[HitsColumn.all().size()];
    private final byte[][] textValues = new byte[HitsColumn.all().size()][];

    HeldValues(RowBatch batch) {
        this.batch = batch;
        for (HitsColumn column : HitsColumn.all()) {
            switch (column.fill()) {
                case Fill.Computed() -> {}
                case Fill.Numbers fill -> numbers.add(new NumberColumn(column.index(), fill));
                case Fill.Choice fill -> texts.add(new TextColumn(column.index(), fill));
            }
        }
        hitNumbers =
                numbers.stream()
                        .filter(column -> column.fill().level() == Level.HIT)
                        .toArray(NumberColumn[]::new);
        hitTexts =
                texts.stream()
                        .filter(column -> column.fill().level() == Level.HIT)
                        .toArray(TextColumn[]::new);
        heldNumbers =
                numbers.stream()
                        .filter(column -> column.fill().level() != Level.HIT)
                        .mapToInt(NumberColumn::index)
                        .toArray();
        heldTexts =
                texts.stream()
                        .filter(column -> column.fill().level() != Level.HIT)
                        .mapToInt(TextColumn::index)
                        .toArray();
    }

    /// Draws the values of a level anew.
    void fill(Level level, long draw) {
        for (NumberColumn column : numbers) {
            if (column.fill().level() == level) {
                values[column.index()] = column.fill().value(salted(draw, column.index()));
            }
        }
        for (TextColumn column : texts) {
            if (column.fill().level() == level) {
                textValues[column.index()] = column.fill().value(salted(draw, column.index()));
            }
        }
    }

    /// Writes what site, user and visit have drawn.
    void writeHeld() {
        for (int column : heldNumbers) {
            batch.put(column, values[column]);
        }
        for (int column : heldTexts) {
            batch.putText(column, textValues[column], 0, textValues[column].length);
        }
    }

    /// Draws and writes the values of one row.
    void writeHit(long draw) {
        for (NumberColumn column : hitNumbers) {
            batch.put(column.index(), column.fill().value(salted(draw, column.index())));
        }
        for (TextColumn column : hitTexts) {
            byte[] value = column.fill().value(salted(draw, column.index()));
            batch.putText(column.index(), value, 0, value.length);
        }
    }

    private static long salted(long draw, int column) {
        return Draw.of(draw, 10_000 + column);
    }
}
