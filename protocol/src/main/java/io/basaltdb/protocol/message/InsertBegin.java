package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;
import java.util.List;

/// Payload of INSERT_BEGIN: where the rows that follow go.
public final class InsertBegin {
    private final int target;
    private final String text;
    private final List<String> columns;
    private final String token;
    private final int timeoutMillis;
    private final byte[] schema;

    public InsertBegin(
            int target,
            String text,
            List<String> columns,
            String token,
            int timeoutMillis,
            byte[] schema) {
        this.target = target;
        this.text = text;
        this.columns = List.copyOf(columns);
        this.token = token;
        this.timeoutMillis = timeoutMillis;
        this.schema = schema;
    }

    /// Reads the payload of `frame`.
    public static InsertBegin read(Frame frame) {
        PayloadReader in = frame.reader();
        int target = in.readByte();
        String text = in.readString();
        List<String> columns = in.readStrings();
        String token = in.readString();
        int timeoutMillis = in.readCount(Integer.MAX_VALUE);
        byte[] schema = in.readBytes();
        return new InsertBegin(target, text, columns, token, timeoutMillis, schema);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.INSERT_BEGIN, 0, stream);
        out.putByte(target);
        out.putString(text);
        out.putStrings(columns);
        out.putString(token);
        out.putInt(timeoutMillis);
        out.putBytes(schema);
        out.end();
    }

    /// [#STATEMENT] or [#TABLE].
    public int target() {
        return target;
    }

    /// The SQL of the statement, or the name of the table.
    public String text() {
        return text;
    }

    /// The columns of the table that the rows have, in order; empty means all of them.
    public List<String> columns() {
        return columns;
    }

    /// The idempotency token, or empty.
    public String token() {
        return token;
    }

    /// After how long the insert is cancelled, or 0 for never.
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /// Arrow schema message of the rows.
    public byte[] schema() {
        return schema;
    }

    /// The text is a statement with one parameter per column; each row executes it.
    public static final int STATEMENT = 0;

    /// The text is the name of a table.
    public static final int TABLE = 1;
}
