package io.basaltdb.storage.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Looks for the live rows with some keys as a transaction sees them: first its own rows and parts, then the delta, then the parts, newest first. Its
/// own come first because a row of the delta that it replaced ends the search. Works under the lock of the staged rows.
final class KeySearch {
    private final StagedRows table;
    private final KeyBatch keys;
    private final boolean followsNewest;
    private final DeltaView delta;
    private final List<PartState> parts = new ArrayList<>();
    private final int ownParts;
    private final KeyMatches matches;
    private int[] left = new int[0];
    private int leftCount;

    KeySearch(StagedRows table, KeyBatch keys, boolean followsNewest) {
        this.table = table;
        this.keys = keys;
        this.followsNewest = followsNewest;
        this.delta = table.source().delta();
        parts.addAll(table.ownParts().reversed());
        this.ownParts = parts.size();
        parts.addAll(table.source().parts().all().reversed());
        this.matches = new KeyMatches(table.definition(), table.rows().view(), delta, parts, keys);
    }

    KeyMatches find(int[] wanted, int count) {
        left = wanted.clone();
        leftCount = count;
        findInRows();
        findInOthers(ExcludedRows.NONE);
        return matches;
    }

    /// Looks everywhere but in the own rows.
    KeyMatches findBeside(int[] wanted, int count) {
        left = wanted.clone();
        leftCount = count;
        findInOthers(ExcludedRows.NONE);
        return matches;
    }

    /// Looks for other rows of the keys of an own part's rows, which stand there from `firstRow` on.
    KeyMatches findOthers(PartState part, int firstRow) {
        left = new int[keys.count()];
        for (int i = 0; i < left.length; i++) {
            left[leftCount] = i;
            leftCount += table.isDeadInPart(part, firstRow + i) ? 0 : 1;
        }
        findInRows();
        findInOthers(
                (other, row, index) -> row == firstRow + index && other.id().equals(part.id()));
        return matches;
    }

    /// Rows of parts that do not count.
    private interface ExcludedRows {
        ExcludedRows NONE = (part, row, index) -> false;

        boolean contains(PartState part, int row, int index);
    }

    private void findInOthers(ExcludedRows excluded) {
        findInParts(0, ownParts, excluded);
        findInDelta();
        findInParts(ownParts, parts.size(), excluded);
    }

    private void findInParts(int from, int to, ExcludedRows excluded) {
        for (int p = from; p < to && leftCount > 0; p++) {
            PartState part = parts.get(p);
            findInPart(p, (row, index) -> excluded.contains(part, row, index));
        }
    }

    private void findInRows() {
        KeyMap map = table.rows().view().keys();
        if (map == null || table.rows().rowCount() == 0) {
            return;
        }
        long[] newest = map.newest(keys);
        int still = 0;
        for (int i = 0; i < leftCount; i++) {
            int index = left[i];
            long row = newest[index];
            while (row >= 0 && table.isDeadInRows((int) row)) {
                row = map.earlier(row);
            }
            if (row >= 0) {
                matches.set(index, KeyMatches.OWN_ROWS, (int) row);
            } else {
                left[still++] = index;
            }
        }
        leftCount = still;
    }

    /// A row of a key in the delta says that there is none in parts but where it died before the snapshot: where this transaction deleted it, either.
    private void findInDelta() {
        KeyMap map = delta.keys();
        if (map == null || leftCount == 0) {
            return;
        }
        long[] newest = map.newest(keys);
        int still = 0;
        for (int i = 0; i < leftCount; i++) {
            int index = left[i];
            long sequence = newest[index];
            if (sequence >= delta.nextSequence()) {
                if (!followsNewest) {
                    throw DeathResolver.conflict(
                            "a row with "
                                    + keys.describe(table.definition(), index)
                                    + " was written");
                }
                continue;
            }
            if (sequence < 0 || isDead(sequence)) {
                left[still++] = index;
                continue;
            }
            int row = (int) (sequence - delta.firstSequence());
            if (!table.isDeadInDelta(row)) {
                matches.set(index, KeyMatches.DELTA, row);
            }
        }
        leftCount = still;
    }

    private boolean isDead(long sequence) {
        long death = delta.death(sequence);
        return death != 0 && death <= table.commit();
    }

    private void findInPart(int number, PartKeys.Excluded others) {
        PartState part = parts.get(number);
        int[] found = new int[keys.count()];
        Arrays.fill(found, KeyMatches.NONE);
        PartKeys.find(
                part,
                table.definition(),
                keys,
                left,
                leftCount,
                (row, index) -> table.isDeadInPart(part, row) || others.contains(row, index),
                found);
        int still = 0;
        for (int i = 0; i < leftCount; i++) {
            int index = left[i];
            if (found[index] >= 0) {
                matches.setInPart(index, number, found[index]);
            } else {
                left[still++] = index;
            }
        }
        leftCount = still;
    }
}
