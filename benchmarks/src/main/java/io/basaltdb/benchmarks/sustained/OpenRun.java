package io.basaltdb.benchmarks.sustained;

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

/// Opens a database in a JVM of its own, as a program does that starts: from its first line until the first query is answered. Also the other way
/// round: a JVM that inserts for some seconds and is then gone at once.
public final class OpenRun {
    private static final int BATCH_ROWS = 1_000;
    // Of one worker: more than what goes into the delta.
    private static final long LOADED_BYTES = 24 << 20;

    private OpenRun() {}

    /// @param openMillis from the first line of the program until the database is open
    /// @param queryMillis until the first query is answered as well
    /// @param heapBytes in use afterwards
    public record Opened(double openMillis, double queryMillis, long heapBytes, long rowCount) {}

    /// Creates a table of so many columns with at least so many parts, and answers how many there are: each partition gets one from each worker
    /// that loads, if all of them together are large enough to become parts at once.
    public static long createParts(Connection connection, int parts, int columns)
            throws SQLException {
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
            try (ResultSet result =
                    statement.executeQuery(
                            "SELECT count(*) FROM system.parts WHERE table_name = 'wide' AND kind = 'part'")) {
                result.next();
                return result.getLong(1);
            }
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

    /// Lets another JVM insert and go without a word; answers how many rows were acknowledged.
    public static long insertAndHalt(Path folder, double seconds)
            throws IOException, InterruptedException {
        String told = child("insert", folder.toString(), Double.toString(seconds)).strip();
        return Long.parseLong(told.substring(told.lastIndexOf('\n') + 1));
    }

    private static String child(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
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

    /// The other JVM: `open FOLDER TABLE` or `insert FOLDER SECONDS`.
    public static void main(String[] arguments) throws SQLException {
        String url = "jdbc:basalt:file:" + arguments[1];
        if (arguments[0].equals("insert")) {
            insert(url, Double.parseDouble(arguments[2]));
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

    private static void insert(String url, double seconds) throws SQLException {
        long rows = 0;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE readings (sequence BIGINT, place VARCHAR, reading DOUBLE)");
            long deadline = System.nanoTime() + (long) (seconds * 1e9);
            try (var insert =
                    connection.prepareStatement("INSERT INTO readings VALUES (?, ?, ?)")) {
                while (System.nanoTime() < deadline) {
                    for (int i = 0; i < BATCH_ROWS; i++) {
                        insert.setLong(1, rows + i);
                        insert.setString(2, "place " + i);
                        insert.setDouble(3, i * 0.25);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    rows += BATCH_ROWS;
                }
            }
            System.out.println(rows);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
