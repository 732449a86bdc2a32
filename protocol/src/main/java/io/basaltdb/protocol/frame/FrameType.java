package io.basaltdb.protocol.frame;

import org.jspecify.annotations.Nullable;

/// The kinds of frames. Codes are fixed for ever; a new kind gets a new code.
public enum FrameType {
    /// Client: opens the session. Stream 0, first frame.
    HELLO(0x01),
    /// Client: runs a statement.
    QUERY(0x02),
    /// Client: permits that many more DATA frames on a stream.
    CREDIT(0x03),
    /// Client: stops the request of a stream.
    CANCEL(0x04),
    /// Client: asks for the parameters and columns of a statement and keeps it under a number.
    PREPARE(0x05),
    /// Client: forgets a kept statement.
    CLOSE(0x06),
    /// Client: opens an insert; INSERT_DATA frames and one INSERT_END follow on the stream.
    INSERT_BEGIN(0x07),
    /// Client: one record batch of an insert.
    INSERT_DATA(0x08),
    /// Client: all rows were sent; the insert takes effect as a whole.
    INSERT_END(0x09),
    /// Client: asks for rows about the catalog.
    META(0x0A),
    /// Client: asks for a sign of life.
    PING(0x0B),
    /// Client: asks how a piece of SQL could go on.
    COMPLETE(0x0C),

    /// Server: the session is open.
    WELCOME(0x81),
    /// Server: the columns of what follows, an Arrow schema message.
    SCHEMA(0x82),
    /// Server: an Arrow dictionary or record batch message.
    DATA(0x83),
    /// Server: how far a query is.
    PROGRESS(0x84),
    /// Server: where the time of a query went.
    PROFILE(0x85),
    /// Server: the request of a stream ended well; nothing follows on it.
    DONE(0x86),
    /// Server: the request of a stream failed, also after DATA; nothing follows on it. On stream 0
    /// the connection ends.
    ERROR(0x87);

    /// Flag of SCHEMA: these are the parameters of a statement, not its columns.
    public static final int FLAG_PARAMETERS = 0x01;

    /// Flag of any frame: a receiver that does not know the type must not skip it.
    public static final int FLAG_MANDATORY = 0x80;

    private static final @Nullable FrameType[] BY_CODE = new @Nullable FrameType[256];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /// The byte on the wire.
    public int code() {
        return code;
    }

    /// The type with this code, or null if this version knows none.
    public static @Nullable FrameType of(int code) {
        return BY_CODE[code & 0xFF];
    }
}
