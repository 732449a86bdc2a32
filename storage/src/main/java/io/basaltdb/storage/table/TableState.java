package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One table at one commit: its definition, the prefix of its delta, its parts. Immutable; a commit that adds rows makes one new
/// object, whatever the number of parts.
final class TableState {
    private final TableDefinition definition;
    private final long structureCommit;
    private final long changeCommit;
    private final DeltaView delta;
    private final PartList parts;
    private final TableHistory history;
    private volatile @Nullable TableStatistics statistics;

    /// @param structureCommit the commit that created or last truncated the table
    TableState(TableDefinition definition, long structureCommit, DeltaView delta, PartList parts) {
        this(definition, structureCommit, structureCommit, delta, parts, TableHistory.NONE);
    }

    private TableState(
            TableDefinition definition,
            long structureCommit,
            long changeCommit,
            DeltaView delta,
            PartList parts,
            TableHistory history) {
        this.definition = definition;
        this.structureCommit = structureCommit;
        this.changeCommit = changeCommit;
        this.delta = delta;
        this.parts = parts;
        this.history = history;
    }

    /// A table without rows.
    static TableState empty(TableDefinition definition, long commit) {
        RowStore nothing = RowStore.staged(definition);
        return new TableState(definition, commit, nothing.view(), PartList.EMPTY);
    }

    TableDefinition definition() {
        return definition;
    }

    long structureCommit() {
        return structureCommit;
    }

    /// The last commit that added or took rows, as far as it happened since the database was opened.
    long changeCommit() {
        return changeCommit;
    }

    DeltaView delta() {
        return delta;
    }

    PartList parts() {
        return parts;
    }

    TableHistory history() {
        return history;
    }

    /// Which rows may go for good: those dead at or below it. And births at or below it need not be told apart.
    ///
    /// @param read the oldest commit that anyone reads
    long floor(long read) {
        return Math.min(read, history.floor());
    }

    /// The parts of now, and those that are kept for the history.
    List<PartState> allParts() {
        List<PartState> all = new ArrayList<>(parts.all());
        all.addAll(history.allParts());
        return all;
    }

    /// What is known of the columns; made when it is first asked for.
    TableStatistics statistics() {
        TableStatistics known = statistics;
        if (known == null) {
            known = StatisticsBuilder.of(this);
            statistics = known;
        }
        return known;
    }

    long rowCount() {
        return parts.liveRowCount() + delta.rowCount() - delta.deadCount();
    }

    /// The same rows under a newer definition.
    TableState altered(TableDefinition changed) {
        return changed.equals(definition)
                ? this
                : withDefinition(changed, AlteredRows.view(delta, definition, changed));
    }

    /// @param rows those of the delta, brought up to date
    TableState withDefinition(TableDefinition changed, DeltaView rows) {
        return new TableState(changed, structureCommit, changeCommit, rows, parts, history);
    }

    TableState withDelta(DeltaView changed) {
        return new TableState(definition, structureCommit, changeCommit, changed, parts, history);
    }

    /// With rows that came, or died, at that commit.
    TableState withRows(DeltaView changed, long commit) {
        return new TableState(definition, structureCommit, commit, changed, parts, history);
    }

    TableState withParts(PartList changed) {
        return new TableState(definition, structureCommit, changeCommit, delta, changed, history);
    }

    TableState changedAt(long commit) {
        return new TableState(definition, structureCommit, commit, delta, parts, history);
    }

    TableState withHistory(TableHistory changed) {
        return new TableState(definition, structureCommit, changeCommit, delta, parts, changed);
    }

    /// The rows as they were right after an earlier commit, which is not below the history's floor, in today's columns. Every row that lived then is
    /// still there: in a part of now or one that went as a whole, or in the delta.
    TableState asOf(long commit) {
        List<PartState> then = new ArrayList<>();
        for (TableHistory.Gone gone : history.parts()) {
            if (gone.goneAt() > commit) {
                addAsOf(gone.part(), commit, then);
            }
        }
        for (PartState part : parts.all()) {
            addAsOf(part, commit, then);
        }
        return new TableState(
                definition,
                structureCommit,
                changeCommit,
                delta.asOf(commit),
                PartList.of(then, parts.sketches()),
                TableHistory.NONE);
    }

    private static void addAsOf(PartState part, long commit, List<PartState> then) {
        if (part.minBirth() <= commit) {
            then.add(part.asOf(commit));
        }
    }

    TableState withDeaths(PartId part, UnaryOperator<DeathList> change) {
        int at = parts.indexOf(part);
        return withParts(parts.withDeaths(at, change.apply(parts.all().get(at).deaths())));
    }
}
