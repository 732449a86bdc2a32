package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the rows of one table that a transaction deletes where they are by now, through the seals and merges since its snapshot. A row that
/// another transaction deleted meanwhile is a conflict: the first one to commit wins.
final class DeathResolver {
    private static final int RECORD_HEAD_BYTES = 64;
    private static final int MAX_BYTES_PER_ROW = 12;

    private final StagedRows table;
    private final TableState current;
    private final Relocations relocations;
    private final boolean lenient;
    private final Map<PartId, DeleteVector.Builder> moved = new LinkedHashMap<>();

    private DeathResolver(
            StagedRows table, TableState current, Relocations relocations, boolean lenient) {
        this.table = table;
        this.current = current;
        this.relocations = relocations;
        this.lenient = lenient;
    }

    /// The records of the deletions, in terms of the pending state with the transaction's own parts.
    ///
    /// @throws BasaltException SERIALIZATION_FAILURE
    ///
    /// @param lenient whether rows that are gone are left out; else they are a conflict
    static List<LogRecord> resolve(StagedRows table, DatabaseState state, boolean lenient) {
        Map<PartId, int[]> inParts = table.deathsInParts();
        List<LogRecord> records = new ArrayList<>();
        for (PartState own : table.parts()) {
            int[] rows = inParts.remove(own.id());
            if (rows != null) {
                records.add(new LogRecord.DeletedFromPart(table.tableId(), own.id(), rows));
            }
        }
        TableState current = state.table(table.tableId());
        if (current != null) {
            new DeathResolver(table, current, state.relocations(table.tableId()), lenient)
                    .resolve(inParts, records);
        }
        return records;
    }

    /// An upper bound on the records' bytes. No seal or merge comes between it and [#resolve]: they are groups of their own.
    static long maxBytes(StagedRows table, long rowCount, DatabaseState state) {
        TableState current = state.table(table.tableId());
        int heads = current == null ? 1 : current.parts().all().size() + 1;
        return rowCount * MAX_BYTES_PER_ROW + Math.min(rowCount, heads) * RECORD_HEAD_BYTES;
    }

    private void resolve(Map<PartId, int[]> inParts, List<LogRecord> records) {
        Map<PartId, int[]> inPlace = new LinkedHashMap<>();
        inParts.forEach((part, rows) -> {
            if (current.parts().find(part) != null) {
                inPlace.put(part, rows);
            } else {
                follow(part, rows);
            }
        });
        resolveDelta(records);
        moved.forEach((part, rows) -> {
            int[] others = inPlace.getOrDefault(part, new int[0]);
            rows.add(others, others.length);
            inPlace.put(part, rows.toRows());
        });
        inPlace.forEach((part, rows) -> inPart(part, rows, records));
    }

    private void follow(PartId part, int[] rows) {
        for (int row : rows) {
            move(relocations.ofPart(part, row, current.parts()));
        }
    }

    private void move(Relocations.@Nullable Place place) {
        if (place == null) {
            if (lenient) {
                return;
            }
            throw conflict("a row that is to be deleted is gone");
        }
        moved.computeIfAbsent(place.part(), _ -> new DeleteVector.Builder()).add(place.row());
    }

    private void resolveDelta(List<LogRecord> records) {
        int[] rows = table.deathsInDelta();
        long first = table.source().delta().firstSequence();
        int sealed = 0;
        while (sealed < rows.length && first + rows[sealed] < current.delta().firstSequence()) {
            move(relocations.ofDelta(first + rows[sealed], current.parts()));
            sealed++;
        }
        if (sealed == rows.length) {
            return;
        }
        long[] sequences = new long[rows.length - sealed];
        int count = 0;
        for (int i = sealed; i < rows.length; i++) {
            sequences[count] = first + rows[i];
            count += current.delta().death(sequences[count]) == 0 || isRefused() ? 1 : 0;
        }
        if (count > 0) {
            records.add(
                    new LogRecord.DeletedFromDelta(
                            table.tableId(), Arrays.copyOf(sequences, count)));
        }
    }

    private void inPart(PartId id, int[] rows, List<LogRecord> records) {
        PartState part = current.parts().find(id);
        assert part != null;
        DeathList deaths = part.deaths();
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[count] = rows[i];
            count += !deaths.contains(rows[i]) || isRefused() ? 1 : 0;
        }
        if (count > 0) {
            records.add(
                    new LogRecord.DeletedFromPart(table.tableId(), id, Arrays.copyOf(rows, count)));
        }
    }

    /// A row is dead already: false where that is nothing to us.
    private boolean isRefused() {
        if (lenient) {
            return false;
        }
        throw conflict("a row that is to be deleted was deleted by another");
    }

    static BasaltException conflict(String why) {
        return new BasaltException(
                ErrorCode.SERIALIZATION_FAILURE,
                "another transaction came first: " + why + "; run this one again");
    }
}
