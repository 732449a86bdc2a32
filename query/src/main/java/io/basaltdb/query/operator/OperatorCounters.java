package io.basaltdb.query.operator;

/// What one operator did, for EXPLAIN ANALYZE and progress. One object per operator and lane, used by one thread at a time; a lane adds its own to
/// the operator's total as it goes.
public final class OperatorCounters {
    /// Time spent in the operator itself.
    public long nanos;

    public long rowsIn;
    public long rowsOut;
    public long batchesOut;

    /// Encoded bytes fetched.
    public long bytesRead;

    /// Granules that a scan read.
    public long granulesRead;

    /// Granules that a scan left out while it ran, because nothing in them could matter any more.
    public long granulesSkipped;

    /// Adds the other's counts to these and sets the other's to zero.
    public void take(OperatorCounters other) {
        nanos += other.nanos;
        rowsIn += other.rowsIn;
        rowsOut += other.rowsOut;
        batchesOut += other.batchesOut;
        bytesRead += other.bytesRead;
        granulesRead += other.granulesRead;
        granulesSkipped += other.granulesSkipped;
        other.nanos = 0;
        other.rowsIn = 0;
        other.rowsOut = 0;
        other.batchesOut = 0;
        other.bytesRead = 0;
        other.granulesRead = 0;
        other.granulesSkipped = 0;
    }
}
