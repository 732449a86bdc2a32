package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.segment.ZoneMap;
import org.jspecify.annotations.Nullable;

/// The delta of a table at one snapshot; its chunks are its granules.
final class DeltaSplit implements Split {
    static final String NAME = "delta";

    private final DeltaView view;
    private final TableDefinition definition;
    private final long commit;

    DeltaSplit(DeltaView view, TableDefinition definition, long commit) {
        this.view = view;
        this.definition = definition;
        this.commit = commit;
    }

    @Override
    public String name() {
        return NAME;
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
    public boolean mayHaveDeadRows() {
        return view.deadCount() > 0;
    }

    @Override
    public SplitReader open() {
        return new DeltaReader(view, commit, definition.columns().size());
    }
}
