package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;
import java.util.Map;

/// Payload of QUERY: one statement with its parameters.
public final class Query {
    private final String sql;
    private final int statement;
    private final int credit;
    private final long maxRows;
    private final int timeoutMillis;
    private final Map<String, String> settings;
    private final byte[] bytes;
    private final int parametersStart;
    private final int parametersEnd;

    public Query(
            String sql,
            int statement,
            int credit,
            long maxRows,
            int timeoutMillis,
            Map<String, String> settings,
            byte[] parameters) {
        this(
                sql,
                statement,
                credit,
                maxRows,
                timeoutMillis,
                settings,
                parameters,
                0,
                parameters.length);
    }

    private Query(
            String sql,
            int statement,
            int credit,
            long maxRows,
            int timeoutMillis,
            Map<String, String> settings,
            byte[] bytes,
            int parametersStart,
            int parametersEnd) {
        this.sql = sql;
        this.statement = statement;
        this.credit = credit;
        this.maxRows = maxRows;
        this.timeoutMillis = timeoutMillis;
        this.settings = settings;
        this.bytes = bytes;
        this.parametersStart = parametersStart;
        this.parametersEnd = parametersEnd;
    }

    /// Reads the payload of `frame`; the parameters stay where they are in it.
    public static Query read(Frame frame) {
        PayloadReader in = frame.reader();
        String sql = in.readString();
        int statement = in.readInt();
        int credit = in.readCount(Integer.MAX_VALUE);
        long maxRows = in.readLong();
        int timeoutMillis = in.readCount(Integer.MAX_VALUE);
        Map<String, String> settings = in.readMap();
        int length = in.readCount(in.remaining() - Integer.BYTES);
        int start = in.skip(length);
        return new Query(
                sql,
                statement,
                credit,
                maxRows,
                timeoutMillis,
                settings,
                frame.payload(),
                start,
                start + length);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.QUERY, 0, stream);
        out.putString(sql);
        out.putInt(statement);
        out.putInt(credit);
        out.putLong(maxRows);
        out.putInt(timeoutMillis);
        out.putMap(settings);
        out.putInt(parametersEnd - parametersStart);
        out.putRaw(bytes, parametersStart, parametersEnd - parametersStart);
        out.end();
    }

    /// The statement; empty where a kept one is named.
    public String sql() {
        return sql;
    }

    /// The number of a kept statement, or 0.
    public int statement() {
        return statement;
    }

    /// How many record batches the server may send at once.
    public int credit() {
        return credit;
    }

    /// The most rows wanted, or 0 for all.
    public long maxRows() {
        return maxRows;
    }

    /// After how long the statement is cancelled, or 0 for never.
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /// Settings that hold for this statement alone.
    public Map<String, String> settings() {
        return settings;
    }

    /// The array that holds, in `[parametersStart, parametersEnd)`, the Arrow schema message and record batch message of one row; the range
    /// is empty where the statement has no parameters.
    public byte[] parameterBytes() {
        return bytes;
    }

    public int parametersStart() {
        return parametersStart;
    }

    public int parametersEnd() {
        return parametersEnd;
    }
}
