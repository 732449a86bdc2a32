package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartCursor;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// On the Committer's thread: whether a row that came after a transaction's snapshot has the key of a row that the transaction adds. What stood at the
/// snapshot the transaction has looked through itself, so this looks at the delta and at the parts that appeared since: mostly at none.
final class KeyAdmission {
    private final StagedRows table;
    private final TableDefinition definition;
    private final TableState current;
    private final long snapshot;
    // Of the rows that the transaction deletes, where they are now; ascending.
    private final Map<PartId, int[]> deadInParts = new HashMap<>();
    private long[] deadInDelta = {};

    /// @param snapshot commit of the transaction's snapshot
    /// @param deaths of the transaction, resolved
    KeyAdmission(StagedRows table, TableState current, long snapshot, List<LogRecord> deaths) {
        this.table = table;
        this.definition = table.definition();
        this.current = current;
        this.snapshot = snapshot;
        for (LogRecord death : deaths) {
            if (death instanceof LogRecord.DeletedFromPart(_, PartId part, int[] rows)) {
                deadInParts.put(part, rows);
            } else if (death instanceof LogRecord.DeletedFromDelta(_, long[] sequences)) {
                deadInDelta = sequences; // ascending, one record
            }
        }
    }

    /// @throws io.basaltdb.storage.error.BasaltException UNIQUE_VIOLATION; SERIALIZATION_FAILURE where the transaction asked which keys are there
    void check(List<KeyBatch> added) {
        for (KeyBatch keys : added) {
            int[] all = all(keys.count());
            long[] inDelta = findInDelta(keys);
            for (int i = 0; i < keys.count(); i++) {
                refuse(inDelta[i] >= 0, keys, i);
            }
            for (PartState part : newParts()) {
                int[] found = findInPart(part, keys, all, all.length);
                for (int i = 0; i < found.length; i++) {
                    refuse(found[i] >= 0, keys, i);
                }
            }
        }
        for (PartState own : table.parts()) {
            checkPart(own);
        }
    }

    private void refuse(boolean isRefused, KeyBatch keys, int index) {
        if (isRefused) {
            throw table.hasMatched()
                    ? DeathResolver.conflict(
                            "a row with " + keys.describe(definition, index) + " was written")
                    : keys.duplicate(definition, index);
        }
    }

    /// The deaths of the rows whose keys the transaction adds, for one that replaces whatever is there.
    List<LogRecord> replace(List<KeyBatch> added) {
        List<Long> sequences = new ArrayList<>();
        Map<PartId, DeleteVector.Builder> inParts = new HashMap<>();
        for (KeyBatch keys : added) {
            int[] left = new int[keys.count()];
            int leftCount = 0;
            long[] inDelta = findInDelta(keys);
            for (int i = 0; i < keys.count(); i++) {
                if (inDelta[i] >= 0) {
                    sequences.add(inDelta[i]);
                } else {
                    left[leftCount++] = i;
                }
            }
            for (PartState part : newParts()) {
                for (int row : findInPart(part, keys, left, leftCount)) {
                    if (row >= 0) {
                        inParts.computeIfAbsent(part.id(), _ -> new DeleteVector.Builder())
                                .add(row);
                    }
                }
            }
        }
        List<LogRecord> deaths = new ArrayList<>();
        if (!sequences.isEmpty()) {
            long[] sorted = sequences.stream().mapToLong(Long::longValue).sorted().toArray();
            deaths.add(new LogRecord.DeletedFromDelta(table.tableId(), sorted));
        }
        inParts.forEach((part, rows) ->
                deaths.add(new LogRecord.DeletedFromPart(table.tableId(), part, rows.toRows())));
        return deaths;
    }

    private static int[] all(int count) {
        int[] indexes = new int[count];
        for (int i = 0; i < count; i++) {
            indexes[i] = i;
        }
        return indexes;
    }

    /// Per key the sequence number of a live row that the transaction leaves alone, or −1.
    private long[] findInDelta(KeyBatch keys) {
        KeyMap map = current.delta().keys();
        assert map != null;
        long[] newest = map.newest(keys);
        for (int i = 0; i < newest.length; i++) {
            if (newest[i] >= 0
                    && (current.delta().death(newest[i]) != 0
                            || Arrays.binarySearch(deadInDelta, newest[i]) >= 0)) {
                newest[i] = -1;
            }
        }
        return newest;
    }

    /// The parts in which rows may be that came after the snapshot.
    private List<PartState> newParts() {
        List<PartState> parts = new ArrayList<>();
        for (PartState part : current.parts().all()) {
            if (part.addedAt() > snapshot && part.maxBirth() > snapshot) {
                parts.add(part);
            }
        }
        return parts;
    }

    private int[] findInPart(PartState part, KeyBatch keys, int[] wanted, int count) {
        int[] found = new int[keys.count()];
        Arrays.fill(found, KeyMatches.NONE);
        PartKeys.find(
                part,
                definition,
                keys,
                wanted,
                count,
                (row, _) -> part.deaths().contains(row) || isMine(part.id(), row),
                found);
        return found;
    }

    private boolean isMine(PartId part, int row) {
        int[] mine = deadInParts.get(part);
        return mine != null && Arrays.binarySearch(mine, row) >= 0;
    }

    // ---- Own parts: rows by the million, against the few that came since

    private void checkPart(PartState own) {
        DeltaView delta = current.delta();
        int[] positions = KeyBatch.positions(current.definition());
        long from = Math.max(table.source().delta().nextSequence(), delta.firstSequence());
        if (from < delta.nextSequence()) {
            for (int c = delta.chunkOf(from); c < delta.chunkCount(); c++) {
                Chunk chunk = delta.chunks()[c];
                int first = (int) Math.max(0, from - chunk.firstSequence());
                KeyBatch keys = KeyBatch.of(chunk, positions, first, delta.rows(c));
                refuseShared(own, keys, live(chunk.firstSequence() + first, keys.count()));
            }
        }
        for (PartState part : newParts()) {
            checkParts(own, part);
        }
    }

    private int[] live(long first, int count) {
        int[] live = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            live[at] = i;
            boolean dead =
                    current.delta().death(first + i) != 0
                            || Arrays.binarySearch(deadInDelta, first + i) >= 0;
            at += dead ? 0 : 1;
        }
        return Arrays.copyOf(live, at);
    }

    private void refuseShared(PartState own, KeyBatch keys, int[] wanted) {
        int[] found = new int[keys.count()];
        Arrays.fill(found, KeyMatches.NONE);
        PartKeys.find(
                own,
                definition,
                keys,
                wanted,
                wanted.length,
                (row, _) -> isMine(own.id(), row),
                found);
        for (int i = 0; i < found.length; i++) {
            refuse(found[i] >= 0, keys, i);
        }
    }

    /// Whether another part that came since shares a key: the keys of the smaller one are looked up in the larger.
    private void checkParts(PartState own, PartState other) {
        boolean ownIsSmaller = own.summary().rowCount() <= other.summary().rowCount();
        PartState small = ownIsSmaller ? own : other;
        try (PartPin pin = small.handle().pin();
                PartCursor cursor = pin.reader().cursor(definition.primaryKey())) {
            PartReader reader = pin.reader();
            int first = 0;
            for (int g = 0; g < reader.granuleCount(); g++) {
                cursor.seek(g);
                List<Vector> columns = new ArrayList<>();
                for (int id : definition.primaryKey()) {
                    columns.add(FlatVectors.flat(cursor.read(id, null)));
                }
                KeyBatch keys = KeyBatch.of(columns, reader.rowCount(g));
                int[] wanted = new int[keys.count()];
                int count = 0;
                for (int i = 0; i < keys.count(); i++) {
                    int row = first + i;
                    wanted[count] = i;
                    count += small.deaths().contains(row) || isMine(small.id(), row) ? 0 : 1;
                }
                wanted = Arrays.copyOf(wanted, count);
                if (ownIsSmaller) {
                    int[] found = findInPart(other, keys, wanted, count);
                    for (int i = 0; i < found.length; i++) {
                        refuse(found[i] >= 0, keys, i);
                    }
                } else {
                    refuseShared(own, keys, wanted);
                }
                first += keys.count();
            }
        }
    }
}
