package io.basaltdb.protocol.ipc;

/// Finds the messages of an Arrow stream one after the other.
final class MessageCutter {
    private final byte[] stream;
    private int position;

    MessageCutter(byte[] stream) {
        this.stream = stream;
    }

    /// Start and end of the next message, or null at the end of the stream.
    int[] next() {
        int metadataBytes =
                java.nio.ByteBuffer.wrap(stream)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getInt(position + 4);
        if (metadataBytes == 0) {
            return null;
        }
        int start = position;
        position = IpcMessage.at(stream, start, stream.length).end();
        return new int[] {start, position};
    }
}
