package io.basaltdb.storage.table;

/// A piece of background work that is under way or has ended, for those who watch the database.
///
/// @param tableId the table whose rows are moved, 0 for work on no table of its own
/// @param source what it begins with: parts that are merged or deleted, the rows of a delta
/// @param startedMicros wall time of its beginning
public record BackgroundJob(Kind kind, int tableId, Source source, long startedMicros) {
    public enum Kind {
        SEAL,
        MERGE,
        CHECKPOINT,
        EXPIRE,
        HISTORY,
        PURGE
    }

    /// @param sizeBytes in files, or in memory for a delta
    public record Source(int partCount, long rowCount, long sizeBytes) {
        static final Source NOTHING = new Source(0, 0, 0);
    }

    /// What came of a job.
    ///
    /// @param rowCount of the parts that it wrote
    /// @param sizeBytes of these parts
    public record Result(long rowCount, long sizeBytes) {
        static final Result NOTHING = new Result(0, 0);
    }

    /// A job that has ended.
    ///
    /// @param failure why it failed, empty where it did not
    public record Ended(BackgroundJob job, Result result, long elapsedMicros, String failure) {}
}
