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

    /// The rows behind the schema. They are a view over `bytes`.
    public WireBatch read(byte[] bytes) {
        int end = schemaBytes.length;
        if (end == 0 || !startsWith(bytes, schemaBytes)) {
            end = readSchema(bytes);
        }
        WireBatch batch = new IpcReader(schema).read(bytes, end, bytes.length);
        if (batch == null) {
            throw new ProtocolException("an Arrow message is no record batch");
        }
        return batch;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length
                && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /// Answers where the schema ends.
    private int readSchema(byte[] bytes) {
        IpcMessage message = IpcMessage.at(bytes, 0, bytes.length);
        int end = message.end();
        schema = IpcReader.schemaOf(message);
        schemaBytes = Arrays.copyOf(bytes, end <= MOST_KEPT_BYTES ? end : 0);
        return end;
    }
}
