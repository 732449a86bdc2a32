package io.basaltdb.benchmarks.sustained;

import io.basaltdb.benchmarks.engine.EmbeddingClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Opens a database in a JVM of its own, as a program does that starts: from the first line of its `main` until the first query is answered. So the
/// start of the JVM itself (some 40 ms) is left out, and everything else is in: loading the driver's and the engine's classes, interpreted code, the
/// manifest, the log. Also the other way round: a JVM that inserts until the log is long and is then gone at once.
public final class OpenRun {
    private static final int CLIENTS = 16;
    private static final long MANIFEST_SECONDS = 60;
    // Of one worker: more than what goes into the delta.
    private static final long LOADED_BYTES = 24 << 20;

    private OpenRun() {}

    /// @param openMillis from the first line of the program until the database is open
    /// @param queryMillis until the first query is answered as well
    /// @param heapBytes in use afterwards
    public record Opened(double openMillis, double queryMillis, long heapBytes, long rowCount) {}

    /// Creates a table of so many columns with at least so many parts, and answers how many there are: each partition gets one from each worker
    /// that loads, if all of them together are large enough to become parts at once.
    ///
    /// Ends when a manifest holds them, as it soon does after a large load.
    public static long createParts(Connection connection, int parts, int columns)
            throws SQLException, InterruptedException {
        int workers = Runtime.getRuntime().availableProcessors();
        long rows = Math.max(parts, LOADED_BYTES * workers / ((long) Long.BYTES * columns));
        StringBuilder names = new StringBuilder("c0 INTEGER");
        StringBuilder values = new StringBuilder("CAST(i % " + parts + " AS INTEGER)");
        for (int c = 1; c < columns; c++) {
            names.append(", c").append(c).append(c % 3 == 0 ? " VARCHAR" : " BIGINT");
            values.append(", ");
            values.append(c % 3 == 0 ? "'value ' || CAST(i AS VARCHAR)" : "i * " + c);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE wide (" + names + ") PARTITION BY (c0)");
            statement.execute(
                    String.format(
                            Locale.ROOT,
                            "INSERT INTO wide SELECT %s FROM generate_series(0, %d) AS s(i)",
                            values,
                            rows - 1));
            awaitManifest(statement);
            try (ResultSet result =
                    statement.executeQuery(
                            "SELECT count(*) FROM system.parts WHERE table_name = 'wide' AND kind = 'part'")) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private static void awaitManifest(Statement statement)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + MANIFEST_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            try (ResultSet result =
                    statement.executeQuery(
                            "SELECT count(*) FROM system.log WHERE pinned_by LIKE '%manifest of commit 0'")) {
                result.next();
                if (result.getLong(1) == 0) {
                    return;
                }
            }
            Thread.sleep(100);
        }
    }

    /// Opens the database in another JVM.
    public static Opened open(Path folder, String table) throws IOException, InterruptedException {
        String line = child("open", folder.toString(), table).strip();
        String[] numbers = line.substring(line.lastIndexOf('\n') + 1).split(" ", -1);
        return new Opened(
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]));
    }

    /// Lets another JVM insert with small commits, as long as given or until so much log is there, and go without a word; answers how many rows
    /// were acknowledged.
    public static long insertAndHalt(Path folder, double seconds, long logBytes)
            throws IOException, InterruptedException {
        String told =
                child(
                                "insert",
                                folder.toString(),
                                Double.toString(seconds),
                                Long.toString(logBytes))
                        .strip();
        return Long.parseLong(told.substring(told.lastIndexOf('\n') + 1));
    }

    private static String child(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(EmbeddingClassPath.ofBasalt());
        command.add(OpenRun.class.getName());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        if (out.isBlank()) {
            throw new IOException("the other JVM said nothing; its errors are above");
        }
        return out;
    }

    /// The other JVM: `open FOLDER TABLE` or `insert FOLDER SECONDS LOG_BYTES`.
    public static void main(String[] arguments) throws Exception {
        String url = "jdbc:basalt:file:" + arguments[1];
        if (arguments[0].equals("insert")) {
            insert(url, Double.parseDouble(arguments[2]), Long.parseLong(arguments[3]));
            return;
        }
        long begun = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            double open = (System.nanoTime() - begun) / 1e6;
            long rows;
            try (ResultSet result =
                    statement.executeQuery("SELECT count(*) FROM " + arguments[2])) {
                result.next();
                rows = result.getLong(1);
            }
            double query = (System.nanoTime() - begun) / 1e6;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long heap = runtime.totalMemory() - runtime.freeMemory();
            System.out.println(open + " " + query + " " + heap + " " + rows);
        }
    }

    /// Several sessions, each with commits of one to some rows.
    private static void insert(String url, double seconds, long logBytes)
            throws SQLException, InterruptedException {
        AtomicLong rows = new AtomicLong();
        AtomicBoolean isEnough = new AtomicBoolean();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE readings (sequence BIGINT, place VARCHAR, reading DOUBLE)");
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int commitRows = 1 + client * 4;
                clients.add(
                        Thread.ofPlatform()
                                .start(() -> insertUntil(url, commitRows, rows, isEnough)));
            }
            long deadline = System.nanoTime() + (long) (seconds * 1e9);
            while (System.nanoTime() < deadline && logBytes(statement) < logBytes) {
                Thread.sleep(50);
            }
            isEnough.set(true);
            for (Thread client : clients) {
                client.join();
            }
            System.out.println(rows);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static void insertUntil(
            String url, int commitRows, AtomicLong rows, AtomicBoolean isEnough) {
        try (Connection connection = DriverManager.getConnection(url);
                var insert = connection.prepareStatement("INSERT INTO readings VALUES (?, ?, ?)")) {
            while (!isEnough.get()) {
                for (int i = 0; i < commitRows; i++) {
                    insert.setLong(1, i);
                    insert.setString(2, "place " + i);
                    insert.setDouble(3, i * 0.25);
                    insert.addBatch();
                }
                insert.executeBatch();
                rows.addAndGet(commitRows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long logBytes(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT sum(size_bytes) FROM system.log")) {
            result.next();
            return result.getLong(1);
        }
    }
}
