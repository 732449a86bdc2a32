package io.basaltdb.benchmarks.engine;

import io.basaltdb.embedded.process.DatabaseOpener;
import io.basaltdb.embedded.process.DatabaseRegistry;
import io.basaltdb.query.Engine;
import io.basaltdb.query.EngineOptions;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.table.BackgroundJob;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// A Basalt with options of the test's choice, over JDBC: any number of engines with any number of workers read and write the same rows.
/// With manual steps, seals and merges happen in [#step] only.
public final class SteppedDatabase implements AutoCloseable {
    private final String name = "stepped " + UUID.randomUUID();
    private final AtomicInteger connections = new AtomicInteger();
    private final Clock clock = new SystemClock();
    private final Database database;

    public SteppedDatabase(Disk disk, DatabaseOptions options) {
        database = Database.open(disk, clock, options);
    }

    /// A connection to an engine of its own.
    public Connection connect(int workers) throws SQLException {
        String key = name + " " + connections.incrementAndGet();
        SteppedProvider.add(key, new DatabaseRegistry(new Opener(workers)));
        try {
            return DriverManager.getConnection("jdbc:basalt:mem:" + key);
        } finally {
            SteppedProvider.remove(key);
        }
    }

    /// Does a little background work; false where there is none.
    public boolean step() {
        return database.backgroundStep();
    }

    /// The background work that is under way.
    public List<BackgroundJob> backgroundJobs() {
        return database.backgroundJobs();
    }

    @Override
    public void close() {
        database.close();
    }

    private Engine engine(int workers) {
        EngineOptions options =
                new EngineOptions(
                        workers,
                        Runtime.getRuntime().maxMemory() / 4,
                        Thread.ofPlatform().daemon().name("stepped-worker-", 0).factory());
        return Engine.open(
                database, clock, options, new FileFormats(new LocalUserFiles(), List.of()));
    }

    private final class Opener implements DatabaseOpener {
        private final int workers;

        Opener(int workers) {
            this.workers = workers;
        }

        @Override
        public OpenDatabase open(Path directory) {
            throw new UnsupportedOperationException("a stepped database is asked for by name");
        }

        @Override
        public OpenDatabase openInMemory() {
            return new OpenEngine(engine(workers));
        }
    }

    private record OpenEngine(Engine engine) implements DatabaseOpener.OpenDatabase {
        @Override
        public Session open(Map<String, String> attributes) {
            return engine.session("test");
        }

        @Override
        public long activity() {
            return engine.activity();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
