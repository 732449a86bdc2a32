package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;

/// Payload of PROGRESS: how far a query is.
public final class Progress {
    /// Stands for the rows in all where they are not known.
    public static final long UNKNOWN = -1;

    private final long rows;
    private final long bytes;
    private final long totalRows;

    public Progress(long rows, long bytes, long totalRows) {
        this.rows = rows;
        this.bytes = bytes;
        this.totalRows = totalRows;
    }

    /// Reads the payload of `frame`.
    public static Progress read(Frame frame) {
        PayloadReader in = frame.reader();
        long rows = in.readLong();
        long bytes = in.readLong();
        long totalRows = in.readLong();
        return new Progress(rows, bytes, totalRows);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.PROGRESS, 0, stream);
        out.putLong(rows);
        out.putLong(bytes);
        out.putLong(totalRows);
        out.end();
    }

    /// Rows read so far.
    public long rows() {
        return rows;
    }

    /// Bytes read so far.
    public long bytes() {
        return bytes;
    }

    /// Rows to read in all, or [#UNKNOWN].
    public long totalRows() {
        return totalRows;
    }
}
