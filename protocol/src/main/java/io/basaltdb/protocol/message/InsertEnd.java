package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;

/// Payload of INSERT_END: all rows were sent.
public final class InsertEnd {
    private final long rows;

    public InsertEnd(long rows) {
        this.rows = rows;
    }

    /// Reads the payload of `frame`.
    public static InsertEnd read(Frame frame) {
        PayloadReader in = frame.reader();
        long rows = in.readLong();
        return new InsertEnd(rows);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.INSERT_END, 0, stream);
        out.putLong(rows);
        out.end();
    }

    /// How many rows the client sent; must agree with what arrived.
    public long rows() {
        return rows;
    }
}
