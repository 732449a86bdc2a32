package io.basaltdb.storage.table;

/// A piece of background work that is under way, for those who watch the database.
///
/// @param tableId the table whose rows are moved, 0 for work on no table of its own
/// @param sourceParts parts that are merged into one, or deleted
/// @param startedMicros wall time of its beginning
public record BackgroundJob(Kind kind, int tableId, int sourceParts, long startedMicros) {
    public enum Kind {
        SEAL,
        MERGE,
        CHECKPOINT,
        EXPIRE,
        PURGE
    }
}
