package io.basaltdb.jdbc.wire;

/// Limits of one execution.
public final class QueryLimits {
    /// No limits, and the usual credit.
    public static final QueryLimits NONE = new QueryLimits(4, 0, 0);

    private final int credit;
    private final long maxRows;
    private final int timeoutMillis;

    public QueryLimits(int credit, long maxRows, int timeoutMillis) {
        this.credit = credit;
        this.maxRows = maxRows;
        this.timeoutMillis = timeoutMillis;
    }

    /// How many record batches the server may send ahead.
    public int credit() {
        return credit;
    }

    /// The most rows wanted; 0 for all.
    public long maxRows() {
        return maxRows;
    }

    /// After how long the server cancels; 0 for never.
    public int timeoutMillis() {
        return timeoutMillis;
    }
}
