package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;

/// Payload of ERROR: why the request failed.
public final class Failure {
    private final String sqlState;
    private final String code;
    private final String message;
    private final String hint;
    private final int line;
    private final int column;

    public Failure(
            String sqlState, String code, String message, String hint, int line, int column) {
        this.sqlState = sqlState;
        this.code = code;
        this.message = message;
        this.hint = hint;
        this.line = line;
        this.column = column;
    }

    /// Reads the payload of `frame`.
    public static Failure read(Frame frame) {
        PayloadReader in = frame.reader();
        String sqlState = in.readString();
        String code = in.readString();
        String message = in.readString();
        String hint = in.readString();
        int line = in.readCount(Integer.MAX_VALUE);
        int column = in.readCount(Integer.MAX_VALUE);
        return new Failure(sqlState, code, message, hint, line, column);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.ERROR, 0, stream);
        out.putString(sqlState);
        out.putString(code);
        out.putString(message);
        out.putString(hint);
        out.putInt(line);
        out.putInt(column);
        out.end();
    }

    /// Five characters.
    public String sqlState() {
        return sqlState;
    }

    /// The name of the error, stable across versions.
    public String code() {
        return code;
    }

    /// One line for the user.
    public String message() {
        return message;
    }

    /// What to do about it; may be empty.
    public String hint() {
        return hint;
    }

    /// Line in the SQL text from 1, or 0.
    public int line() {
        return line;
    }

    /// Column in the line from 1, or 0.
    public int column() {
        return column;
    }
}
