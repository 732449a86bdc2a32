package io.basaltdb.storage;

import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.Manifest;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.log.LogRecovery;
import io.basaltdb.storage.table.DatabaseState;
import io.basaltdb.storage.table.StateCheck;
import java.util.ArrayList;
import java.util.List;

/// Walks all files of a database that nobody has open: the manifest, the log, every part with its checksums, zone maps and order.
public final class DatabaseCheck {
    private static final long OPEN_PART_BYTES = 64L << 20;

    private DatabaseCheck() {}

    /// What is wrong, one line each; empty where nothing is. Changes nothing.
    public static List<String> problems(Disk disk) {
        List<String> problems = new ArrayList<>();
        try {
            Manifest manifest = Manifest.read(disk);
            DatabaseState state = DatabaseState.of(disk, manifest, 0, OPEN_PART_BYTES);
            try {
                LogRecovery.check(
                        disk,
                        manifest.commit(),
                        (commit, bytes, from, length, path) ->
                                state.replay(CommitBytes.read(commit, bytes, from, length, path)));
                state.publishReplayed();
                problems.addAll(StateCheck.problems(state, disk));
            } finally {
                state.closeParts();
            }
        } catch (BasaltException damage) {
            problems.add(damage.text());
        }
        return problems;
    }
}
