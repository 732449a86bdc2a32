package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the rows of a table went: the old → new maps of its seals and merges, kept while a transaction older than they are may still name
/// rows by their old addresses. Used by the Committer only.
final class Relocations {
    /// A row that was dead at or below the floor and is nowhere now.
    static final long GONE = -1;

    /// What became of a run of rows.
    ///
    /// @param first number of the first row
    /// @param places per row the index of its new part (high half) and its row number there (low half), or [#GONE]
    record Relocation(long commit, long first, List<PartId> targets, long[] places) {
        boolean covers(long number) {
            return number >= first && number < first + places.length;
        }

        long place(long number) {
            return places[(int) (number - first)];
        }
    }

    /// A row's address in a part.
    record Place(PartId part, int row) {}

    private final Map<PartId, Relocation> fromParts = new HashMap<>();
    private final List<Relocation> fromDelta = new ArrayList<>();

    void add(PartId source, Relocation relocation) {
        fromParts.put(source, relocation);
    }

    void addFromDelta(Relocation relocation) {
        fromDelta.add(relocation);
    }

    /// Forgets the maps that no transaction at or after the floor can need.
    void forgetThrough(long floor) {
        fromParts.values().removeIf(relocation -> relocation.commit <= floor);
        fromDelta.removeIf(relocation -> relocation.commit <= floor);
    }

    /// Where a row that left the delta is now in `parts`; null where it is gone or nobody knows.
    @Nullable Place ofDelta(long sequence, PartList parts) {
        for (Relocation relocation : fromDelta) {
            if (relocation.covers(sequence)) {
                return follow(relocation, sequence, parts);
            }
        }
        return null;
    }

    /// Where a row of a part is now in `parts`; null where it is gone or nobody knows.
    @Nullable Place ofPart(PartId part, int row, PartList parts) {
        if (parts.indexOf(part) >= 0) {
            return new Place(part, row);
        }
        Relocation relocation = fromParts.get(part);
        return relocation == null ? null : follow(relocation, row, parts);
    }

    private @Nullable Place follow(Relocation relocation, long number, PartList parts) {
        long place = relocation.place(number);
        return place == GONE
                ? null
                : ofPart(relocation.targets.get((int) (place >>> 32)), (int) place, parts);
    }
}
