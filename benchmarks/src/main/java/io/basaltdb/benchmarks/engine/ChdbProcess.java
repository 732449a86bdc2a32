package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.files.CacheFolder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// A process of Node.js with one session of `chdb`, which runs `chdb-session.js`.
///
/// A call is a line: `time` or `read`, a blank, and the statement in base 64. Its reply is a line `ok MILLIS ROWS BYTES` or `error BYTES`,
/// and so many bytes: the answer of `read` with tabs between its cells, or the message.
final class ChdbProcess {
    private static final String SCRIPT = "chdb-session.js";
    private static final String VERSION = "3.4.0";
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final OutputStream out;
    private final InputStream in;
    private final Path script;

    private ChdbProcess(Process process, Path script) {
        this.process = process;
        this.script = script;
        this.out = process.getOutputStream();
        this.in = new BufferedInputStream(process.getInputStream());
    }

    /// Starts the process over a directory for the database.
    ///
    /// @throws IllegalArgumentException where the package is not installed; says how to install it
    static ChdbProcess start(Path database) throws IOException {
        Path installed = installation();
        Path module = installed.resolve("node_modules").resolve("chdb");
        if (!Files.isDirectory(module)) {
            throw new IllegalArgumentException(
                    "ClickHouse runs in Node.js with the package chdb, which is not in "
                            + installed
                            + "; install it with: npm install --prefix "
                            + installed
                            + " chdb@"
                            + VERSION);
        }
        Path script = Files.createTempFile("chdb-session", ".js");
        try (InputStream source = ChdbProcess.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IllegalStateException("no resource " + SCRIPT);
            }
            Files.write(script, source.readAllBytes());
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                        "node",
                        script.toString(),
                        module.toString(),
                        database.toAbsolutePath().toString());
        builder.environment().put("TZ", "UTC");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return new ChdbProcess(builder.start(), script);
        } catch (IOException noProgram) {
            throw new IllegalArgumentException(
                    "ClickHouse runs in Node.js, and no program `node` could be started;"
                            + " install Node.js 20 or later",
                    noProgram);
        }
    }

    /// Where the package is looked for: `BASALT_CHDB`, or `chdb` in the folder of caches.
    private static Path installation() {
        String chosen = System.getenv("BASALT_CHDB");
        return chosen == null || chosen.isEmpty()
                ? CacheFolder.path().resolve("chdb")
                : Path.of(chosen);
    }

    /// Runs a statement and forgets its rows.
    QueryEngine.Timing time(String sql) throws SQLException {
        return call("time", sql).timing;
    }

    /// Runs a statement and answers its result with tabs between cells, after lines with names and types.
    byte[] read(String sql) throws SQLException {
        return call("read", sql).bytes;
    }

    private record Reply(QueryEngine.Timing timing, byte[] bytes) {}

    private Reply call(String verb, String sql) throws SQLException {
        try {
            String text = Base64.getEncoder().encodeToString(sql.getBytes(StandardCharsets.UTF_8));
            out.write((verb + " " + text + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String[] head = readLine().split(" ", -1);
            byte[] bytes = in.readNBytes(Integer.parseInt(head[head.length - 1]));
            if (head[0].equals("error")) {
                throw new SQLException(new String(bytes, StandardCharsets.UTF_8));
            }
            return new Reply(
                    new QueryEngine.Timing(Double.parseDouble(head[1]), Long.parseLong(head[2])),
                    bytes);
        } catch (IOException gone) {
            throw new SQLException("the process of ClickHouse has ended", gone);
        }
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    /// Ends the process: it leaves by itself once it has nothing more to read.
    void close() {
        try {
            out.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
            Files.deleteIfExists(script);
        } catch (IOException gone) {
            process.destroy();
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
