package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;

/// Payload of COMPLETE: how could this text go on?
public final class Complete {
    private final String text;
    private final int cursor;

    public Complete(String text, int cursor) {
        this.text = text;
        this.cursor = cursor;
    }

    /// Reads the payload of `frame`.
    public static Complete read(Frame frame) {
        PayloadReader in = frame.reader();
        String text = in.readString();
        int cursor = in.readCount(Integer.MAX_VALUE);
        return new Complete(text, cursor);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.COMPLETE, 0, stream);
        out.putString(text);
        out.putInt(cursor);
        out.end();
    }

    /// The SQL typed so far.
    public String text() {
        return text;
    }

    /// Where the cursor stands, in characters.
    public int cursor() {
        return cursor;
    }
}
