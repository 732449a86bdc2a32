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
    private volatile @Nullable TableStatistics statistics;

    /// @param structureCommit the commit that created or last truncated the table
    TableState(TableDefinition definition, long structureCommit, DeltaView delta, PartList parts) {
        this(definition, structureCommit, structureCommit, delta, parts);
    }

    private TableState(
            TableDefinition definition,
            long structureCommit,
            long changeCommit,
            DeltaView delta,
            PartList parts) {
        this.definition = definition;
        this.structureCommit = structureCommit;
        this.changeCommit = changeCommit;
        this.delta = delta;
        this.parts = parts;
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
        return new TableState(changed, structureCommit, changeCommit, rows, parts);
    }

    TableState withDelta(DeltaView changed) {
        return new TableState(definition, structureCommit, changeCommit, changed, parts);
    }

    TableState withParts(PartList changed) {
        return new TableState(definition, structureCommit, changeCommit, delta, changed);
    }

    TableState changedAt(long commit) {
        return new TableState(definition, structureCommit, commit, delta, parts);
    }

    TableState withDeaths(PartId part, UnaryOperator<DeathList> change) {
        List<PartState> changed = new ArrayList<>(parts.all());
        int at = parts.indexOf(part);
        PartState state = changed.get(at);
        changed.set(at, state.withDeaths(change.apply(state.deaths())));
        return withParts(parts.with(changed));
    }
}
