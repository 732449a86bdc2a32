package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Value;
import java.util.List;

/// A part of a table at a snapshot, for those who watch the database: nothing of it is read from its file.
///
/// @param name as the split of the part is called
/// @param partition the values of the table's partition columns, empty where it has none
/// @param rowCount dead rows included
/// @param deadCount rows that have died by the snapshot's root
/// @param minBirth no row was born at an earlier commit
/// @param maxBirth no row was born at a later commit
/// @param addedAt the commit that made it visible
public record StoredPart(
        String name,
        List<Value> partition,
        long rowCount,
        long deadCount,
        long sizeBytes,
        long minBirth,
        long maxBirth,
        long addedAt) {
    static List<StoredPart> of(TableState state) {
        return state.parts().all().stream()
                .map(part ->
                        new StoredPart(
                                part.id().toString(),
                                part.summary().partition(),
                                part.summary().rowCount(),
                                part.deaths().deadCount(),
                                part.summary().sizeBytes(),
                                part.minBirth(),
                                part.maxBirth(),
                                part.addedAt()))
                .toList();
    }
}
