package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.part.ColumnAppender;
import io.basaltdb.storage.part.CommitAppender;
import io.basaltdb.storage.part.PartColumn;
import io.basaltdb.storage.part.PartDescription;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.part.PartWriter;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows of a [RowStore], in a given order, as one part: a column per [#step].
final class PartBuild implements AutoCloseable {
    /// Fewer rows that stand together are gathered with others.
    private static final int LEAST_LANES = 512;

    private final TableDefinition definition;
    private final DeltaView view;
    private final int[] rows;
    private final long floor;
    private final boolean keepsBirths;
    private final int[] stretches;
    private final PartWriter writer;
    private int nextColumn;
    private @Nullable PartSummary summary;

    /// @param rows addresses, in the order of the sort key
    /// @param floor births at or below it need not be told apart
    /// @param keepsBirths whether the rows were born already; else the commit that adds the part is their birth
    PartBuild(
            Disk disk,
            PartId id,
            TableDefinition definition,
            List<Value> partition,
            DeltaView view,
            int[] rows,
            long floor,
            boolean keepsBirths) {
        this.definition = definition;
        this.view = view;
        this.rows = rows;
        this.floor = floor;
        this.keepsBirths = keepsBirths;
        this.stretches = stretches();
        this.writer =
                PartWriter.create(
                        disk,
                        id.path(),
                        describe(id, definition, partition, rows.length, widest(definition, view)));
    }

    static PartDescription describe(
            PartId id,
            TableDefinition definition,
            List<Value> partition,
            long rowCount,
            long averageBytes) {
        List<PartColumn> columns = new ArrayList<>();
        // Rows that died may have NULL where none may be now.
        boolean keepsPast = definition.historyMicros() > 0;
        for (ColumnDefinition column : definition.columns()) {
            columns.add(new PartColumn(column.id(), column.type(), column.nullable() || keepsPast));
        }
        return new PartDescription(
                id,
                definition.id(),
                definition.schemaVersion(),
                columns,
                definition.sortKey(),
                definition.primaryKey(),
                rowCount,
                PartDescription.rowsPerGranule(averageBytes),
                partition);
    }

    /// Average bytes of a value in the column that has most.
    static long widest(TableDefinition definition, DeltaView view) {
        long widest = 16;
        for (int i = 0; i < definition.columns().size(); i++) {
            if (RowStore.isText(definition.columns().get(i).type())) {
                long bytes = 0;
                for (int c = 0; c < view.chunkCount(); c++) {
                    bytes +=
                            ((ChunkColumn.Texts) view.chunks()[c].columns()[i])
                                    .textBytes(view.rows(c));
                }
                widest = Math.max(widest, bytes / Math.max(1, view.rowCount()));
            }
        }
        return widest;
    }

    /// Writes the next column; false once the part is finished.
    boolean step() {
        List<ColumnDefinition> columns = definition.columns();
        if (nextColumn < columns.size()) {
            writeColumn(nextColumn, columns.get(nextColumn));
            nextColumn++;
            return true;
        }
        if (summary == null) {
            if (keepsBirths) {
                writeBirths();
            }
            if (!definition.primaryKey().isEmpty()) {
                writer.keys(keys());
            }
            summary = writer.finish();
        }
        return false;
    }

    PartSummary summary() {
        if (summary == null) {
            throw new AssertionError("the part is not finished");
        }
        return summary;
    }

    private void writeColumn(int position, ColumnDefinition column) {
        Vector[] sources = new Vector[view.chunkCount()];
        for (int c = 0; c < sources.length; c++) {
            sources[c] = view.chunks()[c].columns()[position].vector(view.rows(c));
        }
        Gather gather = new Gather(column.type(), sources);
        try (ColumnAppender appender = writer.column(column.id())) {
            int stretch = 0;
            for (int from = 0; from < rows.length; ) {
                int count = stretches[stretch++];
                if (count > 0 && !gather.isCoded()) {
                    ChunkColumn chunk =
                            view.chunks()[SortOrder.chunk(rows[from])].columns()[position];
                    appender.append(chunk.vector(count), null);
                } else {
                    count = count > 0 ? count : gathered(from);
                    appender.append(gather.rows(rows, from, count), null);
                }
                from += count;
            }
        }
    }

    /// For one stretch of rows after the other what [#leadingLanes] says.
    private int[] stretches() {
        int[] found = new int[rows.length / LEAST_LANES + 1];
        int size = 0;
        for (int from = 0; from < rows.length; ) {
            int count = leadingLanes(from);
            found[size++] = count;
            from += count > 0 ? count : gathered(from);
        }
        return found;
    }

    /// How many rows from there on are gathered at a time.
    private int gathered(int from) {
        return Math.min(Batch.MAX_ROWS, rows.length - from);
    }

    /// How many rows from there on are the first lanes of one chunk, which need no gathering: all of it where rows came in the order of the sort key; 0 where
    /// they are too few.
    private int leadingLanes(int from) {
        int first = rows[from];
        if (SortOrder.lane(first) != 0) {
            return 0;
        }
        int most = Math.min(Batch.MAX_ROWS, rows.length - from);
        int count = 1;
        while (count < most && rows[from + count] == first + count) {
            count++;
        }
        return count < LEAST_LANES ? 0 : count;
    }

    private long[] keys() {
        int[] positions = KeyBatch.positions(definition);
        long[][] hashes = new long[view.chunkCount()][];
        for (int c = 0; c < hashes.length; c++) {
            hashes[c] = KeyBatch.of(view.chunks()[c], positions, 0, view.rows(c)).hashes();
        }
        long[] inOrder = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            inOrder[i] = hashes[SortOrder.chunk(rows[i])][SortOrder.lane(rows[i])];
        }
        return inOrder;
    }

    private void writeBirths() {
        long[] births = new long[rows.length];
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < rows.length; i++) {
            births[i] = view.chunks()[SortOrder.chunk(rows[i])].births()[SortOrder.lane(rows[i])];
            min = Math.min(min, births[i]);
            max = Math.max(max, births[i]);
        }
        writeBirths(writer, births, min, max, floor);
    }

    /// Writes what must be kept of births: their range, or each where some above the floor differ.
    static void writeBirths(PartWriter writer, long[] births, long min, long max, long floor) {
        if (max <= floor || min == max) {
            writer.births(min, max);
            return;
        }
        long[] batch = new long[Batch.MAX_ROWS];
        try (CommitAppender appender = writer.births()) {
            for (int from = 0; from < births.length; from += batch.length) {
                int count = Math.min(batch.length, births.length - from);
                System.arraycopy(births, from, batch, 0, count);
                appender.append(batch, count);
            }
        }
    }

    /// Without having been finished: deletes the file.
    @Override
    public void close() {
        writer.close();
    }
}
