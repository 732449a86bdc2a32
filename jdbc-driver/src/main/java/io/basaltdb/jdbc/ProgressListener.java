package io.basaltdb.jdbc;

/// Hears how far a statement is; see [BasaltStatement#setProgressListener].
@FunctionalInterface
public interface ProgressListener {
    /// Rows to read in all, where that is not known.
    long UNKNOWN = -1;

    /// Called about every 100 ms while the statement runs, never for one that is faster. The call comes
    /// on a thread that the connection needs: it must return at once and may not use the connection,
    /// but for [java.sql.Statement#cancel]. It can cross the end of the statement.
    ///
    /// @param rowsRead rows that were read so far, from all tables and files
    /// @param bytesRead the bytes that they took at rest
    /// @param rowsTotal rows to read in all, or [#UNKNOWN]; can grow while the statement runs
    void progressed(long rowsRead, long bytesRead, long rowsTotal);
}
