package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;

/// Payload of CLOSE: forget a kept statement.
public final class CloseStatement {
    private final int statement;

    public CloseStatement(int statement) {
        this.statement = statement;
    }

    /// Reads the payload of `frame`.
    public static CloseStatement read(Frame frame) {
        PayloadReader in = frame.reader();
        int statement = in.readInt();
        return new CloseStatement(statement);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.CLOSE, 0, stream);
        out.putInt(statement);
        out.end();
    }

    /// Its number; an unknown one is no error.
    public int statement() {
        return statement;
    }
}
