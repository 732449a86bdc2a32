package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;

/// A part of a table at one commit.
///
/// @param addedAt the commit that made it visible
record PartState(PartSummary summary, long addedAt, DeathList deaths, PartHandle handle) {
    PartId id() {
        return summary.id();
    }

    long liveRowCount() {
        return summary.rowCount() - deaths.deadCount();
    }

    /// The earliest commit at which one of its rows was born. A part written before its commit does not know: it has none.
    long minBirth() {
        return summary.minBirth() == 0 ? addedAt : summary.minBirth();
    }

    long maxBirth() {
        return summary.maxBirth() == 0 ? addedAt : summary.maxBirth();
    }

    /// With the deaths up to that commit alone.
    PartState asOf(long commit) {
        return withDeaths(DeathList.of(deaths.through(commit), new int[0], ChunkColumn.NO_LONGS));
    }

    @SuppressWarnings("ReferenceEquality") // a summary that did not change is the same object
    PartState withoutSketches() {
        PartSummary fewer = summary.withoutSketches();
        return fewer == summary ? this : new PartState(fewer, addedAt, deaths, handle);
    }

    PartState withDeaths(DeathList changed) {
        return new PartState(summary, addedAt, changed, handle);
    }
}
