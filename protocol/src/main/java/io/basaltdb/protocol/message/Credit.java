package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;

/// Payload of CREDIT: permission for further record batches.
public final class Credit {
    private final int batches;

    public Credit(int batches) {
        this.batches = batches;
    }

    /// Reads the payload of `frame`.
    public static Credit read(Frame frame) {
        PayloadReader in = frame.reader();
        int batches = in.readCount(Integer.MAX_VALUE);
        return new Credit(batches);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.CREDIT, 0, stream);
        out.putInt(batches);
        out.end();
    }

    /// How many more.
    public int batches() {
        return batches;
    }
}
