package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.message.InsertBegin;
import io.basaltdb.protocol.message.InsertEnd;
import java.util.List;

/// One insert of many rows: begun, filled with record batches, ended.
public final class BatchInsert {
    private final WireConnection connection;
    private final int stream;
    private final Answer answer;
    private final FrameBuffer out = new FrameBuffer(64 << 10);
    private long rowCount;

    private BatchInsert(WireConnection connection, int stream) {
        this.connection = connection;
        this.stream = stream;
        this.answer = new Answer(connection, stream, 1);
    }

    /// Begins an insert by a statement that has one parameter per column of `schema`.
    ///
    /// @param token idempotency token, or empty
    public static BatchInsert begin(
            WireConnection connection,
            String sql,
            WireSchema schema,
            String token,
            int timeoutMillis)
            throws WireException {
        int stream = connection.openStream(null);
        BatchInsert insert = new BatchInsert(connection, stream);
        byte[] schemaBytes = IpcWriter.schemaBytes(schema);
        new InsertBegin(InsertBegin.STATEMENT, sql, List.of(), token, timeoutMillis, schemaBytes)
                .write(insert.out, stream);
        return insert;
    }

    /// The answer, which [#end] completes; another thread may cancel through it.
    public Answer answer() {
        return answer;
    }

    /// Gives what follows other types.
    public void retype(WireSchema schema) {
        out.begin(FrameType.INSERT_DATA, 0, stream);
        IpcWriter.writeSchema(out, schema);
        out.end();
    }

    /// Sends one record batch.
    public void send(List<ColumnBuffer> columns) throws WireException {
        int rows = columns.get(0).rowCount();
        try {
            out.begin(FrameType.INSERT_DATA, 0, stream);
            IpcWriter.writeRecordBatch(out, rows, columns);
            out.end();
        } catch (ProtocolException e) {
            flush();
            answer.close();
            throw new WireException("54000", "a row is too large: " + e.getMessage(), false, e);
        }
        rowCount += rows;
        flush();
    }

    /// Ends the insert and waits until it has taken effect; returns how many rows it changed.
    public long end() throws WireException {
        new InsertEnd(rowCount).write(out, stream);
        flush();
        return answer.awaitDone().updateCount();
    }

    /// Gives the insert up: nothing of it takes effect.
    public void abandon() {
        try {
            flush();
        } catch (WireException e) {
            // The connection is gone, and the insert with it.
        }
        answer.close();
    }

    private void flush() throws WireException {
        connection.send(out);
        out.clear();
    }
}
