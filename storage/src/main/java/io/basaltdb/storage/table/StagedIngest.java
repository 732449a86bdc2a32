package io.basaltdb.storage.table;

import java.util.List;
import java.util.UUID;

/// An insert whose rows are being written, which nobody sees before it is committed.
///
/// @param expiresMicros wall time at which it is dropped
/// @param tasks those of its writers that have finished
public record StagedIngest(UUID id, long expiresMicros, List<StagedTask> tasks) {
    public StagedIngest {
        tasks = List.copyOf(tasks);
    }
}
