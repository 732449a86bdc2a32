package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;

/// Payload of PREPARE: keep this statement and tell its parameters and columns.
public final class Prepare {
    private final int statement;
    private final String sql;

    public Prepare(int statement, String sql) {
        this.statement = statement;
        this.sql = sql;
    }

    /// Reads the payload of `frame`.
    public static Prepare read(Frame frame) {
        PayloadReader in = frame.reader();
        int statement = in.readInt();
        String sql = in.readString();
        return new Prepare(statement, sql);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.PREPARE, 0, stream);
        out.putInt(statement);
        out.putString(sql);
        out.end();
    }

    /// The number to keep it under, not 0, not in use.
    public int statement() {
        return statement;
    }

    /// The statement.
    public String sql() {
        return sql;
    }
}
