package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.ipc.BooleanBuffer;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.LongBuffer;
import io.basaltdb.protocol.ipc.RowReader;
import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that the driver itself knows, in the same form as rows from a server.
public final class LocalRows implements BatchSource {
    private final WireSchema schema;
    private final List<ColumnBuffer> columns = new ArrayList<>();
    private int rowCount;

    public LocalRows(WireSchema schema) {
        this.schema = schema;
        for (WireField field : schema.fields()) {
            columns.add(ColumnBuffer.of(field.type()));
        }
    }

    /// Adds a row of strings, integers, booleans and nulls.
    public LocalRows add(@Nullable Object... row) {
        for (int i = 0; i < columns.size(); i++) {
            append(columns.get(i), row[i]);
        }
        rowCount++;
        return this;
    }

    private static void append(ColumnBuffer column, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
        } else if (column instanceof LongBuffer) {
            ((LongBuffer) column).append(((Number) value).longValue());
        } else if (column instanceof BooleanBuffer) {
            ((BooleanBuffer) column).append((Boolean) value);
        } else {
            ((TextBuffer) column).append((String) value);
        }
    }

    @Override
    public WireSchema schema() {
        return schema;
    }

    @Override
    public @Nullable WireBatch next() {
        if (rowCount == 0) {
            return null;
        }
        FrameBuffer out = new FrameBuffer(1 << 10);
        IpcWriter.writeSchema(out, schema);
        IpcWriter.writeRecordBatch(out, rowCount, columns);
        rowCount = 0;
        return new RowReader().read(out.toByteArray());
    }

    @Override
    public void close() {
        rowCount = 0;
    }
}
