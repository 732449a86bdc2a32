package io.basaltdb.benchmarks.hits;

import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.data.TableSource;

/// Walks the sites and cells that hold a range of rows.
final class HitsTable implements TableSource {
    private static final int PIECE_ROWS = 1_000_000;

    /// Sites with more rows are drawn day by day.
    private static final long LARGE_SITE_ROWS = 16_384;

    private final long rowCount;
    private final long seed;
    private final TableDefinition definition = HitsDataSet.definition();
    private final Layout layout;
    private final Visitors visitors;
    private final Phrases phrases;

    HitsTable(long rowCount, long seed) {
        this.rowCount = rowCount;
        this.seed = seed;
        layout = new Layout(rowCount);
        visitors = new Visitors(rowCount);
        phrases = new Phrases(rowCount);
    }

    @Override
    public TableDefinition definition() {
        return definition;
    }

    @Override
    public int pieceCount() {
        return Math.toIntExact((rowCount + PIECE_ROWS - 1) / PIECE_ROWS);
    }

    @Override
    public void produce(int piece, RowBatch.Target target) {
        long from = (long) piece * PIECE_ROWS;
        produceRows(from, Math.min(rowCount, from + PIECE_ROWS), target);
    }

    /// Produces the rows with the numbers `[from, to)`.
    void produceRows(long from, long to, RowBatch.Target target) {
        RowBatch batch = new RowBatch(definition.columns(), target);
        HitWriter writer = new HitWriter(layout, phrases, batch);
        for (int number = layout.siteOf(from);
                number < Layout.SITE_COUNT && layout.firstRow(number) < to;
                number++) {
            writeSite(number, from, to, writer);
        }
        batch.finish();
    }

    private void writeSite(int number, long from, long to, HitWriter writer) {
        long first = layout.firstRow(number);
        long rows = layout.firstRow(number + 1) - first;
        if (rows == 0) {
            return;
        }
        Site site = new Site(layout.counter(number), rows);
        if (rows <= LARGE_SITE_ROWS) {
            writer.write(new Cell(site, first, (int) rows, -1, visitors, seed), from, to);
            return;
        }
        for (int day = 0; day < Calendar.DAY_COUNT; day++) {
            long start = first + Calendar.rowsBefore(day, rows);
            long end = first + Calendar.rowsBefore(day + 1, rows);
            if (start < to && end > from && start < end) {
                int count = Math.toIntExact(end - start);
                writer.write(new Cell(site, start, count, day, visitors, seed), from, to);
            }
        }
    }
}
