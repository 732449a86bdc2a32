package io.basaltdb.benchmarks.demo;

import io.basaltdb.embedded.process.DatabaseRegistry;
import io.basaltdb.query.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;

/// The database of the demo. The table `demo_state` is written last, so that a load that was broken off is noticed.
final class DemoDatabase implements AutoCloseable {
    private static final String LOCK = "LOCK";

    private final String url;
    private final Connection connection;
    private final DatabaseRegistry.Lease lease;
    private final boolean isLoaded;

    private DemoDatabase(
            String url, Connection connection, DatabaseRegistry.Lease lease, boolean isLoaded) {
        this.url = url;
        this.connection = connection;
        this.lease = lease;
        this.isLoaded = isLoaded;
    }

    /// Opens or creates it.
    ///
    /// @throws DemoRefusal where the directory holds something else
    static DemoDatabase open(Path directory, double scale)
            throws SQLException, IOException, DemoRefusal {
        boolean isNew = isEmpty(directory);
        if (!isNew && !Files.exists(directory.resolve(LOCK))) {
            throw somethingElse(directory);
        }
        String url = "jdbc:basalt:file:" + directory.toAbsolutePath();
        Connection connection = DriverManager.getConnection(url);
        try {
            if (!isNew) {
                checkIsDemo(directory, connection, scale);
            }
            DatabaseRegistry.Lease lease =
                    DatabaseRegistry.ofThisJvm().directory(directory.toAbsolutePath().toString());
            return new DemoDatabase(url, connection, lease, !isNew);
        } catch (SQLException | RuntimeException | DemoRefusal e) {
            connection.close();
            throw e;
        }
    }

    private static boolean isEmpty(Path directory) throws IOException, DemoRefusal {
        if (!Files.exists(directory)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            throw new DemoRefusal(directory + " is a file; give another directory with --data");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static DemoRefusal somethingElse(Path directory) {
        return new DemoRefusal(
                "the directory "
                        + directory
                        + " holds something else than a finished demo;"
                        + " remove it, or give another with --data");
    }

    private static void checkIsDemo(Path directory, Connection connection, double scale)
            throws SQLException, DemoRefusal {
        double found;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT scale FROM demo_state")) {
            if (!rows.next()) {
                throw somethingElse(directory);
            }
            found = rows.getDouble(1);
        } catch (SQLException e) {
            if ("42P01".equals(e.getSQLState())) {
                throw somethingElse(directory);
            }
            throw e;
        }
        if (found != scale) {
            throw new DemoRefusal(
                    "the directory "
                            + directory
                            + " holds the demo at scale "
                            + found
                            + "; give --scale "
                            + found
                            + " or another directory with --data");
        }
    }

    boolean isLoaded() {
        return isLoaded;
    }

    /// The connection for questions, for one thread.
    Connection connection() {
        return connection;
    }

    /// One more connection.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /// A session of the engine, for columnar inserts.
    Session session() {
        return lease.open(Map.of());
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        lease.close();
    }
}
