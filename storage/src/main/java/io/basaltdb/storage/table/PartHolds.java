package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Parts whose files must stay, whatever the tables say: those of leases and of staged ingests. A file that the tables give up meanwhile belongs to
/// the last who holds it. Safe for use by many threads.
final class PartHolds {
    // Guarded by this.
    private final Map<PartId, Integer> counts = new HashMap<>();

    synchronized void hold(Collection<PartId> parts) {
        parts.forEach(part -> counts.merge(part, 1, Integer::sum));
    }

    /// Lets go of parts; answers those that nobody holds any more.
    synchronized List<PartId> release(Collection<PartId> parts) {
        List<PartId> free = new ArrayList<>();
        for (PartId part : parts) {
            if (counts.merge(part, -1, Integer::sum) == 0) {
                counts.remove(part);
                free.add(part);
            }
        }
        return free;
    }

    synchronized boolean isHeld(PartId part) {
        return counts.containsKey(part);
    }

    synchronized List<PartId> all() {
        return List.copyOf(counts.keySet());
    }
}
