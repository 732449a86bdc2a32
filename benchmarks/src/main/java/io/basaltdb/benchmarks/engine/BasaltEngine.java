package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.files.DataFiles;
import io.basaltdb.embedded.process.WarmUp;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Basalt, embedded, with a database directory.
final class BasaltEngine implements Engine {
    private static final long LOOK_NANOS = 100_000_000L;
    private static final int QUIET_LOOKS = 5;
    private static final int MOST_LOOKS = 6000;
    private static final Duration MOST_WARM_UP = Duration.ofMinutes(5);

    private final Path folder;
    private final String url;
    private final Connection connection;

    /// @param threads what the measurement is to use; the engine has one worker per processor
    BasaltEngine(Path folder, int threads) throws SQLException {
        this.folder = folder;
        int processors = Runtime.getRuntime().availableProcessors();
        if (threads != processors) {
            throw new IllegalArgumentException(
                    "Basalt has one worker per processor, here "
                            + processors
                            + "; to measure with "
                            + threads
                            + ", give the JVM that many:"
                            + " BASALT_JAVA_OPTIONS=-XX:ActiveProcessorCount="
                            + threads);
        }
        url = "jdbc:basalt:file:" + folder;
        connection = connect();
    }

    @Override
    public String name() {
        return "basalt";
    }

    @Override
    public Connection connection() {
        return connection;
    }

    /// Without the plans of texts that came before: a figure is to hold for a query that comes with other literals each time. Statements that
    /// were prepared keep theirs.
    @Override
    public Connection connect() throws SQLException {
        Connection made = DriverManager.getConnection(url);
        try (Statement statement = made.createStatement()) {
            statement.execute("SET plan_cache = shapes");
        }
        return made;
    }

    @Override
    public void create(TableDefinition table) throws SQLException {
        execute(table.sortedCreateStatement());
    }

    @Override
    public void load(TableDefinition table, DataFiles.Location files) throws SQLException {
        execute(
                "INSERT INTO "
                        + table.name()
                        + " SELECT * FROM '"
                        + files.glob(table.name())
                        + "'");
    }

    /// Merges are chosen anew each quarter of a second; the warm-up of this process begins when nothing else is done, once.
    @Override
    public void settle() throws SQLException {
        int quietLooks = 0;
        for (int look = 0; look < MOST_LOOKS && quietLooks < QUIET_LOOKS; look++) {
            LockSupport.parkNanos(LOOK_NANOS);
            quietLooks = runningMerges() == 0 ? quietLooks + 1 : 0;
        }
        awaitWarmUp();
    }

    private static void awaitWarmUp() throws SQLException {
        WarmUp warmUp = WarmUp.ofThisJvm();
        try {
            if (warmUp != null && !warmUp.await(MOST_WARM_UP)) {
                throw new SQLException("the engine's warm-up takes over " + MOST_WARM_UP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while the engine was warmed up", e);
        }
    }

    private long runningMerges() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM system.merges WHERE state = 'running'")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public long sizeBytes() throws IOException {
        return Folders.sizeBytes(folder);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
