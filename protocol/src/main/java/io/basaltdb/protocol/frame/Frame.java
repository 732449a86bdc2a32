package io.basaltdb.protocol.frame;

import org.jspecify.annotations.Nullable;

/// One received frame. It owns its payload: whoever got the frame may keep the array.
public final class Frame {
    /// Bytes of the header before the payload.
    public static final int HEADER_BYTES = 8;

    private final int code;
    private final int flags;
    private final int stream;
    private final byte[] payload;
    private final int length;

    /// A frame whose payload is the first `length` bytes of `payload`.
    public Frame(int code, int flags, int stream, byte[] payload, int length) {
        this.code = code;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
        this.length = length;
    }

    /// The type, or null if this version does not know it.
    public @Nullable FrameType type() {
        return FrameType.of(code);
    }

    /// The byte that names the type.
    public int code() {
        return code;
    }

    public int flags() {
        return flags;
    }

    /// Whether all bits of `flag` are set.
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    public int stream() {
        return stream;
    }

    /// The array that holds the payload from index 0; only the first [#length] bytes count.
    public byte[] payload() {
        return payload;
    }

    public int length() {
        return length;
    }

    /// A reader over the payload.
    public PayloadReader reader() {
        return new PayloadReader(payload, 0, length, this);
    }

    @Override
    public String toString() {
        FrameType type = type();
        String name = type == null ? "type " + code : type.name();
        return name + " frame on stream " + stream + " (" + length + " bytes)";
    }
}
