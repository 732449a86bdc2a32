package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.WireType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one row of parameters after the other. While their types stay as they are, the schema before
/// them is the one that was written last. Used by one thread.
public final class ParameterRow {
    private List<WireType> types = List.of();
    private byte[] schema = {};

    public ParameterRow() {}

    /// The row as an Arrow schema message and a record batch message; no parameters, no bytes.
    public byte[] bytes(@Nullable Parameter[] row) {
        if (row.length == 0) {
            return new byte[0];
        }
        ParameterBatch batch = new ParameterBatch();
        batch.add(row);
        ParameterBatch.Chunk chunk = batch.chunks().get(0);
        if (!hasTypes(chunk.columns())) {
            keepSchema(chunk);
        }
        FrameBuffer out = new FrameBuffer(schema.length + 512);
        out.putRaw(schema, 0, schema.length);
        IpcWriter.writeRecordBatch(out, 1, chunk.columns());
        return out.toByteArray();
    }

    private boolean hasTypes(List<ColumnBuffer> columns) {
        boolean same = columns.size() == types.size();
        for (int i = 0; same && i < columns.size(); i++) {
            same = columns.get(i).type().equals(types.get(i));
        }
        return same;
    }

    private void keepSchema(ParameterBatch.Chunk chunk) {
        List<WireType> found = new ArrayList<>();
        for (ColumnBuffer column : chunk.columns()) {
            found.add(column.type());
        }
        types = found;
        schema = IpcWriter.schemaBytes(ParameterBatch.schema(chunk));
    }
}
