package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the rows of a statement, so that rows of one key among them are known, then finds for each whether its key is there.
final class StagedInsert implements KeyedInsert {
    private final TableDefinition definition;
    private final StagedRows staged;
    private final KeyConflict rule;
    private final boolean followsNewest;
    private final @Nullable RowRule rowRule;
    private final RowCheck check;
    private final Runnable onClose;
    // Guarded by this.
    private RowStore candidates;
    private boolean closed;

    StagedInsert(
            TableDefinition definition,
            StagedRows staged,
            KeyConflict rule,
            @Nullable RowRule rowRule,
            boolean followsNewest,
            Runnable onClose) {
        this.definition = definition;
        this.staged = staged;
        this.rule = rule;
        this.rowRule = rowRule;
        this.followsNewest = followsNewest;
        this.check = new RowCheck(definition);
        this.onClose = onClose;
        this.candidates = RowStore.staged(definition);
    }

    @Override
    public synchronized void append(Batch rows) {
        Batch complete = complete(rows);
        check.check(complete);
        candidates.append(complete.columns(), complete.size(), complete.selection(), 0);
    }

    private Batch complete(Batch rows) {
        return rowRule == null ? rows : rowRule.apply(rows);
    }

    @Override
    public synchronized long sizeBytes() {
        return candidates.sizeBytes();
    }

    @Override
    public synchronized long finish(Written written) {
        DeltaView rows = candidates.view();
        KeyMap map = rows.keys();
        if (map == null) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    definition.qualifiedName()
                            + " has no primary key, so no row of it can be in conflict with another");
        }
        RowStore added =
                rule instanceof KeyConflict.Replace && !map.hasEarlier()
                        ? candidates // as they are
                        : RowStore.staged(definition);
        int[] positions = KeyBatch.positions(definition);
        for (int c = 0; c < rows.chunkCount(); c++) {
            Chunk chunk = rows.chunks()[c];
            KeyBatch keys = KeyBatch.of(chunk, positions, 0, rows.rows(c));
            int[] wanted = new int[keys.count()];
            int count = distinct(keys, chunk.firstSequence(), map, wanted);
            place(chunk.vectors(rows.rows(c)), keys, wanted, count, added);
        }
        candidates = RowStore.staged(definition);
        if (rule instanceof KeyConflict.Update update && !update.keepsKeys()) {
            staged.add(added);
            staged.checkKeys();
            staged.matched();
        } else {
            staged.addUnique(added);
        }
        tell(added.view(), written);
        return added.rowCount();
    }

    /// The rows that count among those of one key; answers how many.
    private int distinct(KeyBatch keys, long first, KeyMap map, int[] target) {
        if (!map.hasEarlier()) {
            for (int i = 0; i < target.length; i++) {
                target[i] = i;
            }
            return target.length;
        }
        long[] newest = map.newest(keys);
        int count = 0;
        for (int i = 0; i < target.length; i++) {
            boolean repeats = map.earlier(first + i) >= 0;
            boolean counts =
                    switch (rule) {
                        case KeyConflict.Ignore _ -> !repeats;
                        case KeyConflict.Replace(boolean lastCounts) -> {
                            refuse(repeats && !lastCounts, keys, i);
                            yield newest[i] == first + i;
                        }
                        case KeyConflict.Update _ -> {
                            refuse(repeats, keys, i);
                            yield true;
                        }
                    };
            target[count] = i;
            count += counts ? 1 : 0;
        }
        return count;
    }

    private void refuse(boolean isRefused, KeyBatch keys, int index) {
        if (isRefused) {
            throw new BasaltException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "ON CONFLICT DO UPDATE cannot change a row twice, but the statement has more than one"
                            + " row with "
                            + keys.describe(definition, index)
                            + "; leave one of them");
        }
    }

    private void place(
            List<Vector> columns, KeyBatch keys, int[] wanted, int count, RowStore added) {
        KeyMatches matches = staged.match(keys, wanted, count, followsNewest);
        int[] fresh = new int[count];
        int[] known = new int[count];
        int freshCount = 0;
        int knownCount = 0;
        for (int i = 0; i < count; i++) {
            if (matches.isFound(wanted[i])) {
                known[knownCount++] = wanted[i];
            } else {
                fresh[freshCount++] = wanted[i];
            }
        }
        switch (rule) {
            case KeyConflict.Ignore _ -> append(columns, keys.count(), fresh, freshCount, added);
            case KeyConflict.Replace _ -> {
                staged.delete(matches, known, knownCount);
                if (!isCandidates(added)) {
                    append(columns, keys.count(), wanted, count, added);
                }
            }
            case KeyConflict.Update update -> {
                append(columns, keys.count(), fresh, freshCount, added);
                if (knownCount > 0) {
                    change(update.change(), columns, matches, known, knownCount, added);
                }
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether the rows stand there already
    private boolean isCandidates(RowStore store) {
        return store == candidates;
    }

    private static void append(
            List<Vector> columns, int size, int[] lanes, int count, RowStore target) {
        target.append(columns, size, new Selection(lanes, count), 0);
    }

    private void change(
            KeyConflict.Change change,
            List<Vector> columns,
            KeyMatches matches,
            int[] known,
            int count,
            RowStore added) {
        List<Vector> pairs = new ArrayList<>(matches.read(known, count));
        RowStore chosen = new RowStore(DatabaseState.types(definition), false, 0);
        append(columns, columns.getFirst().size(), known, count, chosen);
        // of one chunk's rows some: they fill one chunk at most, or a few of large texts
        pairs.addAll(one(chosen.view(), count));
        Batch changed = complete(change.apply(new Batch(count, pairs)));
        check.check(changed);
        Selection kept = changed.selection();
        int[] gone = new int[kept == null ? count : kept.count()];
        for (int i = 0; i < gone.length; i++) {
            gone[i] = known[kept == null ? i : kept.rows()[i]];
        }
        staged.delete(matches, gone, gone.length);
        added.append(changed.columns(), changed.size(), kept, 0);
    }

    /// All rows of a view as one vector per column.
    private List<Vector> one(DeltaView view, int count) {
        int[] rows = SortOrder.all(view);
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < definition.columns().size(); i++) {
            Vector[] chunks = new Vector[view.chunkCount()];
            for (int c = 0; c < chunks.length; c++) {
                chunks[c] = view.chunks()[c].columns()[i].vector(view.rows(c));
            }
            columns.add(Gather.rows(definition.columns().get(i).type(), chunks, rows, 0, count));
        }
        return columns;
    }

    private static void tell(DeltaView added, Written written) {
        for (int c = 0; c < added.chunkCount(); c++) {
            int size = added.rows(c);
            written.accept(new Batch(size, added.chunks()[c].vectors(size)));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
