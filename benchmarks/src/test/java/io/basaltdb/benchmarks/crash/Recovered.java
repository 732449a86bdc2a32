package io.basaltdb.benchmarks.crash;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.io.LocalDisk;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a database holds after its process or its machine has ended, and what is wrong with it.
///
/// @param openNanos how long it took to open it and to read everything
record Recovered(Batches.Found found, List<String> faults, long openNanos) {
    /// Checks every byte, opens, reads every row, and looks for what was acknowledged. Where batches have tokens, one that was acknowledged is
    /// sent again, which must change nothing, and another one under its token, which must be refused.
    static Recovered open(String url, Batches batches, Set<Long> acknowledged) throws SQLException {
        List<String> faults = new ArrayList<>();
        if (url.startsWith(KillTarget.Basalt.PREFIX)) {
            Path directory = Path.of(url.substring(KillTarget.Basalt.PREFIX.length()));
            faults.addAll(DatabaseCheck.problems(new LocalDisk(directory)));
        }
        long start = System.nanoTime();
        Batches.Found found;
        long openNanos;
        try (Connection connection = DriverManager.getConnection(url)) {
            found = batches.read(connection);
            openNanos = System.nanoTime() - start;
            if (batches.tokened() && !acknowledged.isEmpty()) {
                long batch = acknowledged.iterator().next();
                batches.insert(connection, batch);
                faults.addAll(batches.sendOtherContent(connection, batch));
                found = batches.read(connection);
            }
        }
        faults.addAll(found.faults());
        for (long batch : acknowledged) {
            if (!found.rowsByBatch().containsKey(batch)) {
                faults.add("acknowledged batch " + batch + " is lost");
            }
        }
        return new Recovered(found, faults, openNanos);
    }
}
