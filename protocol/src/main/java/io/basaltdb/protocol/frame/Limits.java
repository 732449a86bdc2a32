package io.basaltdb.protocol.frame;

/// The limits of the wire, the same on both sides. A sender that would pass one fails by itself; a
/// receiver that sees one passed ends the connection.
public final class Limits {
    /// Payload of any frame.
    public static final int FRAME_BYTES = 16 << 20;

    /// Payload of a frame that arrives before the client has proved who it is.
    public static final int FRAME_BYTES_BEFORE_LOGIN = 16 << 10;

    /// Entries of one list or map in a payload.
    public static final int LIST_ENTRIES = 65_536;

    /// Columns of one schema.
    public static final int COLUMNS = 16_384;

    /// Rows of one record batch.
    public static final int BATCH_ROWS = 1 << 20;

    /// Requests that one connection may have open at a time.
    public static final int OPEN_STREAMS = 256;

    /// Prepared statements that one connection may keep.
    public static final int PREPARED_STATEMENTS = 4_096;

    private Limits() {}
}
