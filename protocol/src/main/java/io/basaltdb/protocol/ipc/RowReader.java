package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.ProtocolException;
import java.util.Arrays;
import java.util.List;

/// Reads messages that come in pairs, a schema and one record batch. A schema of the same bytes as the
/// one before is not read again: a statement that is executed over and over sends the same one. Used by
/// one thread.
public final class RowReader {
    private static final int MOST_KEPT_BYTES = 1 << 16;

    private byte[] schemaBytes = {};
    private WireSchema schema = new WireSchema(List.of());

    public RowReader() {}

    /// As below, of messages that fill the array.
    public WireBatch read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    /// The rows behind the schema, of the messages that fill `[start, end)`. They are a view over `bytes`.
    public WireBatch read(byte[] bytes, int start, int end) {
        int rowsStart = start + schemaBytes.length;
        if (schemaBytes.length == 0 || !isSchema(bytes, start, end)) {
            rowsStart = readSchema(bytes, start, end);
        }
        WireBatch batch = new IpcReader(schema).read(bytes, rowsStart, end);
        if (batch == null) {
            throw new ProtocolException("an Arrow message is no record batch");
        }
        return batch;
    }

    private boolean isSchema(byte[] bytes, int start, int end) {
        int length = schemaBytes.length;
        return end - start >= length
                && Arrays.equals(bytes, start, start + length, schemaBytes, 0, length);
    }

    /// Answers where the schema ends.
    private int readSchema(byte[] bytes, int start, int end) {
        IpcMessage message = IpcMessage.at(bytes, start, end);
        int schemaEnd = message.end();
        schema = IpcReader.schemaOf(message);
        boolean isKept = schemaEnd - start <= MOST_KEPT_BYTES;
        schemaBytes = Arrays.copyOfRange(bytes, start, isKept ? schemaEnd : start);
        return schemaEnd;
    }
}
