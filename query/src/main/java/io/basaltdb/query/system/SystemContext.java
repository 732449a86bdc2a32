package io.basaltdb.query.system;

import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.table.BackgroundJob;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.LogFile;
import io.basaltdb.storage.table.MemoryUse;
import io.basaltdb.storage.table.SnapshotLease;
import io.basaltdb.storage.table.StagedIngest;
import io.basaltdb.storage.table.WrittenBytes;
import io.basaltdb.storage.type.Schema;
import java.util.List;

/// What virtual tables tell about: one snapshot of the database, and the session that asks.
public interface SystemContext {
    DatabaseSnapshot snapshot();

    /// Columns of the view's query; empty where it can no longer be planned.
    Schema viewColumns(ViewDefinition view);

    /// Queries at work and the latest that have ended, oldest first.
    List<QueryEntry> queries();

    /// Settings of the asking session.
    List<SettingEntry> settings();

    /// Background work that is under way.
    List<BackgroundJob> backgroundJobs();

    /// The latest background work that has ended, oldest first.
    List<BackgroundJob.Ended> endedJobs();

    /// Bytes of parts that were written for a table.
    WrittenBytes written(int tableId);

    /// The files of the log, oldest first.
    List<LogFile> logFiles();

    /// Snapshots that other engines read.
    List<SnapshotLease> leases();

    /// Inserts that other engines write.
    List<StagedIngest> ingests();

    /// What is kept in memory.
    List<MemoryUse> memoryUse();

    /// The commit of the newest manifest.
    long manifestCommit();

    /// One execution of a statement.
    ///
    /// @param state `running`, `finished`, `failed`
    /// @param startMicros wall time, microseconds since 1970-01-01 UTC
    /// @param error message of the failure, empty where there is none
    record QueryEntry(
            long id,
            String user,
            String sql,
            String state,
            long startMicros,
            long elapsedMicros,
            long rowsRead,
            long bytesRead,
            long peakMemoryBytes,
            String error) {}

    /// One setting.
    record SettingEntry(String name, String value, String defaultValue, String description) {}
}
