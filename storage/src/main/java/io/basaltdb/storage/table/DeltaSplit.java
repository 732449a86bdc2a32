package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.segment.ZoneMap;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows in memory at one snapshot, the delta of a table or what a transaction has added to it; its chunks are its granules.
final class DeltaSplit implements Split {
    static final String NAME = "delta";

    private final String name;
    private final DeltaView view;
    private final DeleteVector dead;
    private final TableDefinition definition;
    private final long commit;

    DeltaSplit(DeltaView view, TableDefinition definition, long commit) {
        this(NAME, view, DeleteVector.none(), definition, commit);
    }

    /// @param dead further rows that are not seen, counted from the first
    DeltaSplit(
            String name,
            DeltaView view,
            DeleteVector dead,
            TableDefinition definition,
            long commit) {
        this.name = name;
        this.view = view;
        this.dead = dead;
        this.definition = definition;
        this.commit = commit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int granuleCount() {
        return view.chunkCount();
    }

    @Override
    public int rowCount(int granule) {
        return view.rows(granule);
    }

    @Override
    public @Nullable ZoneMap zoneMap(int granule, int column) {
        if (!view.isFilled(granule)) {
            return null;
        }
        Chunk chunk = view.chunks()[granule];
        ZoneMap known = chunk.zones().get(column);
        if (known == null) {
            known = VectorBounds.zoneMap(chunk.columns()[column].vector(view.rows(granule)));
            chunk.zones().set(column, known);
        }
        return known;
    }

    @Override
    public @Nullable ZoneMap zoneMap(int column) {
        return null; // rows in the last chunk may hold anything
    }

    @Override
    public void prune(List<ColumnRanges> predicates, BitSet granules) {
        KeyPoints keys = KeyPoints.of(definition, predicates);
        if (keys != null) {
            keys.prune(view, granules);
        }
        Split.super.prune(predicates, granules);
    }

    @Override
    public boolean mayHaveDeadRows() {
        return view.deadCount() > 0 || !dead.isEmpty();
    }

    @Override
    public SplitReader open() {
        return new DeltaReader(view, dead, commit, definition.columns().size());
    }
}
