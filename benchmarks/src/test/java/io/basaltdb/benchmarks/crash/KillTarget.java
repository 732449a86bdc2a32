package io.basaltdb.benchmarks.crash;

import io.basaltdb.benchmarks.engine.SteppedDatabase;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/// The database that a writer writes into until it is killed.
interface KillTarget {
    Connection connect() throws SQLException;

    /// Whether a JDBC batch is one commit; with other engines it is put into a transaction.
    boolean batchesAreAtomic();

    static KillTarget of(String url, Path marks) throws IOException {
        return url.startsWith(Basalt.PREFIX)
                ? Basalt.open(Path.of(url.substring(Basalt.PREFIX.length())), marks)
                : new Other(url);
    }

    /// @param url of JDBC
    record Other(String url) implements KillTarget {
        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url);
        }

        @Override
        public boolean batchesAreAtomic() {
            return false;
        }
    }

    /// Basalt with so little patience that it seals, merges, writes manifests and deletes files all the time.
    record Basalt(SteppedDatabase database) implements KillTarget {
        static final String PREFIX = "jdbc:basalt:file:";
        private static final long LOOK_NANOS = 100_000;

        static Basalt open(Path directory, Path marks) throws IOException {
            Files.createDirectories(directory);
            SteppedDatabase database =
                    new SteppedDatabase(new LocalDisk(directory), impatientOptions());
            WorkMarks.Writer writer = new WorkMarks.Writer(marks);
            Thread.ofPlatform()
                    .daemon()
                    .name("marks")
                    .start(() -> {
                        while (true) {
                            writer.mark(database.backgroundJobs());
                            LockSupport.parkNanos(LOOK_NANOS);
                        }
                    });
            return new Basalt(database);
        }

        private static DatabaseOptions impatientOptions() {
            return DatabaseOptions.defaults()
                    .withMergeThreads(2)
                    .withSeal(1 << 14, 60)
                    .withBulk(1 << 20, 1 << 20, 1 << 20, 36)
                    .withLog(1 << 16, 1 << 17, 1 << 12)
                    .withMerge(1 << 22, 2);
        }

        @Override
        public Connection connect() throws SQLException {
            return database.connect(1);
        }

        @Override
        public boolean batchesAreAtomic() {
            return true;
        }
    }
}
