package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One table of a snapshot.
final class PinnedTable implements TableSnapshot {
    private final TableState state;
    private final long commit;
    private volatile @Nullable List<Split> splits;

    PinnedTable(TableState state, long commit) {
        this.state = state;
        this.commit = commit;
    }

    static List<Split> partSplits(TableState state, long commit) {
        List<Split> splits = new ArrayList<>();
        for (PartState part : state.parts().all()) {
            splits.add(new PartSplit(part, state.definition(), commit));
        }
        return splits;
    }

    @Override
    public TableDefinition definition() {
        return state.definition();
    }

    @Override
    public long commit() {
        return commit;
    }

    @Override
    public TableStatistics statistics() {
        return state.statistics();
    }

    @Override
    public List<Split> splits() {
        List<Split> known = splits;
        if (known == null) {
            known = new ArrayList<>(partSplits(state, commit));
            if (state.delta().rowCount() > 0) {
                known.add(new DeltaSplit(state.delta(), state.definition(), commit));
            }
            known = List.copyOf(known);
            splits = known;
        }
        return known;
    }

    @Override
    public List<StoredPart> parts() {
        return StoredPart.of(state);
    }
}
