package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.LittleEndian;
import io.basaltdb.protocol.frame.ProtocolException;

/// One encapsulated message: its metadata, and where its body lies.
final class IpcMessage {
    private final byte[] bytes;
    private final int headerType;
    private final FlatTable header;
    private final int bodyStart;
    private final int bodyBytes;

    private IpcMessage(
            byte[] bytes, int headerType, FlatTable header, int bodyStart, int bodyBytes) {
        this.bytes = bytes;
        this.headerType = headerType;
        this.header = header;
        this.bodyStart = bodyStart;
        this.bodyBytes = bodyBytes;
    }

    /// The message at `start`; bytes may follow it before `end`.
    static IpcMessage at(byte[] bytes, int start, int end) {
        int available = end - start - Arrow.PREFIX_BYTES;
        if (available < 0 || LittleEndian.intAt(bytes, start) != Arrow.CONTINUATION) {
            throw new ProtocolException("bytes that should be an Arrow message are none");
        }
        int metadataBytes = LittleEndian.intAt(bytes, start + 4);
        if (metadataBytes < 8 || metadataBytes > available) {
            throw new ProtocolException(
                    "an Arrow message announces "
                            + Integer.toUnsignedString(metadataBytes)
                            + " bytes of metadata where "
                            + available
                            + " are left");
        }
        int metadata = start + Arrow.PREFIX_BYTES;
        int body = metadata + metadataBytes;
        FlatTable root = new FlatBuffer(bytes, metadata, body).root();
        return of(bytes, root, body, end);
    }

    private static IpcMessage of(byte[] bytes, FlatTable root, int body, int end) {
        int version = root.shortAt(Arrow.MESSAGE_VERSION, 0);
        if (version != Arrow.VERSION_4 && version != Arrow.VERSION_5) {
            throw new ProtocolException(
                    "an Arrow message has metadata version " + version + ", not 4 or 3");
        }
        long bodyBytes = root.longAt(Arrow.MESSAGE_BODY_LENGTH, 0);
        if (bodyBytes < 0 || bodyBytes > end - body) {
            throw new ProtocolException(
                    "an Arrow message announces a body of "
                            + bodyBytes
                            + " bytes where "
                            + (end - body)
                            + " are left");
        }
        return new IpcMessage(
                bytes,
                root.byteAt(Arrow.MESSAGE_HEADER_TYPE, 0),
                root.need(Arrow.MESSAGE_HEADER, "the header of a message"),
                body,
                (int) bodyBytes);
    }

    byte[] bytes() {
        return bytes;
    }

    boolean is(int type) {
        return headerType == type;
    }

    FlatTable header() {
        return header;
    }

    int bodyStart() {
        return bodyStart;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    /// Where the message ends.
    int end() {
        return bodyStart + bodyBytes;
    }
}
