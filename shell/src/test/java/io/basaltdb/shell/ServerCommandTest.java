package io.basaltdb.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process: ready, used, stopped; and what it says when it cannot start.
class ServerCommandTest {
    @TempDir Path folder;

    @Test
    void servesUntilItIsToldToStop() throws Exception {
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.basaltdb.shell.Main",
                                "server",
                                "--data",
                                folder.resolve("db").toString(),
                                "--port",
                                "0")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String line = String.valueOf(out.readLine());
            Matcher url = Pattern.compile("at (jdbc:basalt://127\\.0\\.0\\.1:\\d+) ").matcher(line);
            assertTrue(url.find(), line);
            insertAndCount(url.group(1));
            refusesASecondServer();
            server.destroy();
            assertTrue(server.waitFor(60, TimeUnit.SECONDS), "it did not stop");
            assertEquals(0, server.exitValue());
        } finally {
            server.destroyForcibly();
        }
        assertEquals(2, count("jdbc:basalt:file:" + folder.resolve("db")));
    }

    private static void insertAndCount(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id BIGINT)");
            statement.execute("INSERT INTO t VALUES (1), (2)");
        }
        assertEquals(2, count(url));
    }

    private static long count(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    private void refusesASecondServer() {
        String error = failure("--data", folder.resolve("db").toString(), "--port", "0");
        assertTrue(error.startsWith("error 55006: "), error);
        assertEquals(1, error.lines().count(), error);
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            String error = failure("--data", folder.resolve("db").toString(), "--port", port);
            assertTrue(error.contains(port) && error.contains("in use"), error);
            assertEquals(1, error.lines().count(), error);
        }
    }

    private static String failure(String... words) {
        StringWriter error = new StringWriter();
        String[] all = new String[words.length + 1];
        all[0] = "server";
        System.arraycopy(words, 0, all, 1, words.length);
        int exit = Main.commandLine().setErr(new PrintWriter(error, true)).execute(all);
        assertEquals(1, exit);
        return error.toString();
    }
}
