package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one row of parameters after the other. While their types stay as they are, the schema before
/// them is the one that was written last, and their columns are the same. Used by one thread.
public final class ParameterRow {
    private final FrameBuffer out = new FrameBuffer(1 << 10);
    private List<ColumnBuffer> columns = List.of();
    private byte[] schema = {};

    public ParameterRow() {}

    /// The row as an Arrow schema message and a record batch message; no parameters, no bytes.
    public byte[] bytes(@Nullable Parameter[] row) {
        if (row.length == 0) {
            return new byte[0];
        }
        if (hasTypes(row)) {
            refill(row);
        } else {
            begin(row);
        }
        out.clear();
        out.putRaw(schema, 0, schema.length);
        IpcWriter.writeRecordBatch(out, 1, columns);
        return out.toByteArray();
    }

    /// Whether the row goes into the columns of the one before as it would into its own.
    private boolean hasTypes(@Nullable Parameter[] row) {
        boolean same = columns.size() == row.length;
        for (int i = 0; same && i < row.length; i++) {
            Parameter parameter = row[i];
            same = parameter != null && parameter.type().equals(columns.get(i).type());
        }
        return same;
    }

    private void refill(@Nullable Parameter[] row) {
        for (int i = 0; i < row.length; i++) {
            ColumnBuffer column = columns.get(i);
            column.clear();
            Parameter parameter = row[i];
            if (parameter != null) {
                parameter.appendTo(column);
            }
        }
    }

    private void begin(@Nullable Parameter[] row) {
        ParameterBatch batch = new ParameterBatch();
        batch.add(row);
        ParameterBatch.Chunk chunk = batch.chunks().get(0);
        columns = chunk.columns();
        schema = IpcWriter.schemaBytes(ParameterBatch.schema(chunk));
    }
}
