package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of parameters, kept by column, so that a batch of any length is a few arrays.
///
/// The type of a column is the union of what its rows brought: whole numbers widen, decimals align,
/// nulls take any type. A row whose type fits no union begins a new chunk; chunks go to the server one
/// after the other. While types stay as they are, a row costs its values and nothing else.
public final class ParameterBatch {
    private static final int CHUNK_ROWS = 16_384;
    private static final long CHUNK_BYTES = 1 << 20;

    /// Columns of one type each.
    public static final class Chunk {
        private final List<ColumnBuffer> columns = new ArrayList<>();
        private int rowCount;

        public List<ColumnBuffer> columns() {
            return columns;
        }

        public int rowCount() {
            return rowCount;
        }
    }

    private final List<Chunk> chunks = new ArrayList<>();
    private int rowCount;

    public ParameterBatch() {}

    public int rowCount() {
        return rowCount;
    }

    /// Adds a row; every position must have a parameter.
    public void add(@Nullable Parameter[] row) {
        Chunk chunk = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        if (chunk == null || isFull(chunk) || !fits(chunk, row)) {
            chunk = begin(row);
        }
        for (int i = 0; i < row.length; i++) {
            Parameter parameter = row[i];
            if (parameter != null) {
                parameter.appendTo(chunk.columns.get(i));
            }
        }
        chunk.rowCount++;
        rowCount++;
    }

    private static boolean isFull(Chunk chunk) {
        if (chunk.rowCount >= CHUNK_ROWS) {
            return true;
        }
        if (chunk.rowCount % 64 != 0) {
            return false;
        }
        long bytes = 0;
        for (ColumnBuffer column : chunk.columns) {
            bytes += column.bodyBytes();
        }
        return bytes >= CHUNK_BYTES;
    }

    /// Whether every parameter goes into the column as it is.
    private static boolean fits(Chunk chunk, @Nullable Parameter[] row) {
        for (int i = 0; i < row.length; i++) {
            Parameter parameter = row[i];
            WireType column = chunk.columns.get(i).type();
            if (parameter != null && !column.equals(TypeUnion.of(column, parameter.type()))) {
                return false;
            }
        }
        return true;
    }

    /// A new chunk, whose columns can hold what the chunk before held as well, if that is possible.
    private Chunk begin(@Nullable Parameter[] row) {
        Chunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        Chunk chunk = new Chunk();
        for (int i = 0; i < row.length; i++) {
            Parameter parameter = row[i];
            WireType type = parameter == null ? WireType.NULL : parameter.type();
            WireType union = last == null ? type : TypeUnion.of(last.columns.get(i).type(), type);
            chunk.columns.add(ColumnBuffer.of(union == null ? type : union));
        }
        chunks.add(chunk);
        return chunk;
    }

    /// The chunks in the order of their rows.
    public List<Chunk> chunks() {
        return chunks;
    }

    /// The schema of one chunk.
    public static WireSchema schema(Chunk chunk) {
        List<WireField> fields = new ArrayList<>();
        for (ColumnBuffer column : chunk.columns) {
            fields.add(WireField.of("p" + (fields.size() + 1), column.type(), true));
        }
        return new WireSchema(fields);
    }

    public void clear() {
        chunks.clear();
        rowCount = 0;
    }
}
