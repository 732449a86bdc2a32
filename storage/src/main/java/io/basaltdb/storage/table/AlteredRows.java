package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.vector.ConstantVector;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Rows in memory as a newer definition of their table sees them. Columns that stay share their arrays with the old rows, so only one
/// of the two may be appended to.
final class AlteredRows {
    private AlteredRows() {}

    static DeltaView view(DeltaView rows, TableDefinition before, TableDefinition after) {
        Chunk[] chunks = new Chunk[Math.max(1, rows.chunkCount())];
        long sizeBytes = 0;
        for (int c = 0; c < rows.chunkCount(); c++) {
            chunks[c] = chunk(rows.chunks()[c], rows.rows(c), before, after);
            sizeBytes += chunks[c].sizeBytes();
        }
        DeltaView altered = with(rows, chunks, sizeBytes, null);
        KeyMap old = rows.keys();
        if (old == null) {
            return altered;
        }
        KeyMap keys = old.empty(KeyBatch.positions(after));
        if (rows.rowCount() > 0) {
            keys.add(altered, rows.firstSequence());
        }
        return with(rows, chunks, sizeBytes + keys.sizeBytes(), keys);
    }

    private static DeltaView with(
            DeltaView rows, Chunk[] chunks, long sizeBytes, @Nullable KeyMap keys) {
        return new DeltaView(
                chunks,
                rows.chunkCount(),
                rows.firstSequence(),
                rows.nextSequence(),
                rows.deadCount(),
                sizeBytes,
                keys);
    }

    private static Chunk chunk(
            Chunk chunk, int rows, TableDefinition before, TableDefinition after) {
        List<ColumnDefinition> columns = after.columns();
        ChunkColumn[] altered = new ChunkColumn[columns.size()];
        for (int i = 0; i < altered.length; i++) {
            ColumnDefinition column = columns.get(i);
            int at = before.positionOf(column.id());
            altered[i] = at < 0 ? initial(column, rows) : chunk.columns()[at].as(column.type());
        }
        return new Chunk(
                chunk.firstSequence(),
                altered,
                chunk.births(),
                chunk.deaths(),
                new AtomicReferenceArray<>(altered.length));
    }

    private static ChunkColumn initial(ColumnDefinition column, int rows) {
        ConstantVector values = new ConstantVector(column.type(), rows, column.initial());
        return ChunkColumn.create(column.type()).append(0, FlatVectors.flat(values), null, 0, rows);
    }
}
