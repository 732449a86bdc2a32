package io.basaltdb.formats.parquet;

import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.Validity;
import io.basaltdb.query.function.Scratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the Parquet library read.
final class LibraryValues implements LeafValues {
    private final ColumnReader reader;
    private long[] words = {};
    private double[] doubles = {};
    private int[] lengths = {};

    LibraryValues(ColumnReader reader) {
        this.reader = reader;
    }

    @Override
    public long @Nullable [] validity() {
        Validity nulls = reader.getLeafValidity();
        return nulls.hasNulls() ? nulls.words() : null;
    }

    @Override
    public long[] bits() {
        boolean[] values = reader.getBooleans();
        words = Scratch.longs(words, io.basaltdb.storage.vector.Validity.words(values.length));
        Arrays.fill(words, 0);
        for (int i = 0; i < values.length; i++) {
            words[i >> 6] |= (values[i] ? 1L : 0L) << i;
        }
        return words;
    }

    @Override
    public int[] ints() {
        return reader.getInts();
    }

    @Override
    public long[] longs() {
        return reader.getLongs();
    }

    @Override
    public double[] doubles() {
        return switch (reader.getColumnSchema().type()) {
            case FLOAT -> widened(reader.getFloats());
            default -> reader.getDoubles();
        };
    }

    private double[] widened(float[] values) {
        doubles = Scratch.doubles(doubles, values.length);
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @Override
    public Bytes bytes() {
        int[] offsets = reader.getBinaryOffsets();
        int count = reader.getValueCount();
        lengths = Scratch.ints(lengths, count);
        for (int i = 0; i < count; i++) {
            lengths[i] = offsets[i + 1] - offsets[i];
        }
        return new Bytes(reader.getBinaryValues(), offsets, lengths, offsets[0], offsets[count]);
    }

    @Override
    public @Nullable Codes codes() {
        return null;
    }
}
