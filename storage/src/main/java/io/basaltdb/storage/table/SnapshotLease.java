package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import java.util.List;
import java.util.UUID;

/// Tables that stay readable as they were at one commit until a point in time.
///
/// @param expiresMicros wall time; the lease ends no earlier than the time that passes on the database's own clock
/// @param tables their definitions at the commit
public record SnapshotLease(
        UUID id, long commit, long expiresMicros, List<TableDefinition> tables) {
    public SnapshotLease {
        tables = List.copyOf(tables);
    }
}
