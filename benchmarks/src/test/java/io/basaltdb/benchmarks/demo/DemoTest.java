package io.basaltdb.benchmarks.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The whole demo, small: everything that it prints and everything that it leaves.
class DemoTest {
    private static final Path SOURCE = Path.of("..", "demo");

    @TempDir Path folder;

    private record Run(int exit, String out, String err) {}

    private static Run demo(Path data, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = {
            "--data", data.toString(), "--source", SOURCE.toString(), "--seconds", "1"
        };
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        int exit =
                new CommandLine(new DemoCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(all);
        return new Run(exit, out.toString(), err.toString());
    }

    @Test
    void loadsAsksAndInserts() throws SQLException {
        Path data = folder.resolve("db");
        Run first = demo(data, "--scale", "0.01");
        assertEquals("", first.err());
        assertEquals(0, first.exit());
        assertTrue(first.out().contains("508,239 rows"), first.out());
        assertTrue(first.out().contains("│ ATL "), first.out());
        assertTrue(
                Pattern.compile("inserts +[1-9][0-9,]* per second").matcher(first.out()).find(),
                first.out());
        assertTrue(
                Pattern.compile("freshness +p50 [0-9.]+ ms").matcher(first.out()).find(),
                first.out());
        assertTrue(first.out().contains("jdbc:basalt:file:" + data.toAbsolutePath()), first.out());
        assertFalse(first.out().contains("\r"), "piped output has no rewritten lines");
        long departures = count(data, "departures");
        assertTrue(departures > 0);
        assertEquals(508_239, count(data, "flights"));
        assertEquals(60_175, count(data, "lineitem"));

        Run second = demo(data, "--scale", "0.01");
        assertEquals(0, second.exit(), second.err());
        assertTrue(second.out().contains("not loaded again"), second.out());
        assertEquals(508_239, count(data, "flights"));
        assertTrue(count(data, "departures") > departures);

        Run other = demo(data, "--scale", "0.02");
        assertEquals(1, other.exit());
        assertTrue(other.err().contains("at scale 0.01"), other.err());
    }

    private static long count(Path data, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:file:" + data);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    @Test
    void leavesOtherDirectoriesAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.txt"), "dear");
        Run run = demo(folder);
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("holds something else"), run.err());
        assertEquals(1, folder.toFile().list().length);
        Run onFile = demo(file);
        assertEquals(1, onFile.exit());
        assertTrue(onFile.err().contains("is a file"), onFile.err());
    }
}
