package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Manifest;
import io.basaltdb.storage.catalog.TableCheckpoint;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.log.WriteAheadLog;
import java.util.ArrayList;
import java.util.List;

/// Writes a manifest of the newest root and lets go of the log behind it.
final class CheckpointJob implements Job {
    private final DatabaseState state;
    private final WriteAheadLog log;

    CheckpointJob(DatabaseState state, WriteAheadLog log) {
        this.state = state;
        this.log = log;
    }

    @Override
    public boolean step() {
        long columns = state.addedColumns();
        try (PinnedSnapshot pin = state.registry().open()) {
            Root root = pin.root();
            if (root.commit() == state.manifestCommit()) {
                return false; // the manifest of a commit is written once: a second would have to go
                // over the first
            }
            List<TableCheckpoint> tables = new ArrayList<>();
            for (TableState table : root.tables().all()) {
                tables.add(checkpoint(table, root.commit()));
            }
            new Manifest(
                            root.commit(),
                            state.nextId(),
                            state.recordedMicros(),
                            state.registry().timeline().through(root.commit()),
                            root.catalog(),
                            tables)
                    .write(state.disk());
            state.checkpointed(root.commit(), columns);
            log.deleteThrough(root.commit());
        }
        return false;
    }

    private TableCheckpoint checkpoint(TableState table, long commit) {
        long floor = table.floor(state.registry().floor());
        ByteWriter delta = new ByteWriter(64);
        RowBytes.putWithLives(delta, table.delta(), commit);
        List<TableCheckpoint.PartCheckpoint> parts = new ArrayList<>();
        table.parts().all().forEach(part -> parts.add(checkpoint(part, floor)));
        List<TableCheckpoint.GonePartCheckpoint> goneParts = new ArrayList<>();
        for (TableHistory.Gone gone : table.history().parts()) {
            goneParts.add(
                    new TableCheckpoint.GonePartCheckpoint(
                            checkpoint(gone.part(), floor), gone.goneAt()));
        }
        List<TableCheckpoint.ColumnSketch> sketches = new ArrayList<>();
        table.parts()
                .sketches()
                .forEach((column, sketch) ->
                        sketches.add(new TableCheckpoint.ColumnSketch(column, sketch.toBytes())));
        return new TableCheckpoint(
                table.definition().id(),
                table.structureCommit(),
                table.delta().firstSequence(),
                delta.toByteArray(),
                parts,
                sketches,
                state.tokens(table.definition().id()).through(commit),
                table.history().floor(),
                goneParts);
    }

    private static TableCheckpoint.PartCheckpoint checkpoint(PartState part, long floor) {
        DeathList deaths = part.deaths().folded(floor);
        return new TableCheckpoint.PartCheckpoint(
                part.summary(),
                part.addedAt(),
                deaths.base().isEmpty() ? new byte[0] : deaths.base().serialize(),
                deaths.tailRows(),
                deaths.tailCommits());
    }

    @Override
    public void close() {}
}
