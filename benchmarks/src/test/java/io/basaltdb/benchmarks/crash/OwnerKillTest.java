package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.io.LocalDisk;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several processes write into one directory. The one that owns it is killed, again and again: another takes over, nothing that was
/// acknowledged is lost, and nothing that was sent again is there twice.
@Tag("D15")
class OwnerKillTest {
    private static final long RESUME_LIMIT_MILLIS = 2_000;

    /// Where a machine is loaded by other tests.
    private static final long PATIENCE_MILLIS = 60_000;

    @TempDir private Path folder;

    private final Map<Long, Process> running = new ConcurrentHashMap<>();
    private final Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Thread> listeners = new ArrayList<>();
    private volatile long acknowledgements;
    private long nextWriter = 1;

    private String url() {
        return "jdbc:basalt:file:" + folder.resolve("shared");
    }

    private void start() throws IOException {
        long writer = nextWriter++;
        Process child =
                new ProcessBuilder(
                                System.getProperty("java.home")
                                        + File.separator
                                        + "bin"
                                        + File.separator
                                        + "java",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                SharedWriter.class.getName(),
                                url(),
                                "" + writer)
                        .redirectError(folder.resolve("errors-" + writer).toFile())
                        .start();
        running.put(child.pid(), child);
        listeners.add(Thread.ofVirtual().start(() -> listen(child)));
    }

    private void listen(Process child) {
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(SharedWriter.ACKNOWLEDGED)) {
                    String[] words = line.split(" ");
                    synchronized (this) {
                        acknowledged.put(Long.parseLong(words[1]), Long.parseLong(words[2]) + 1);
                        acknowledgements++;
                    }
                } else {
                    faults.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long owner() throws IOException {
        Path file = folder.resolve("shared").resolve("owner");
        return Files.exists(file) ? Long.parseLong(Files.readAllLines(file).get(1)) : 0;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, () -> "no " + what + "; " + faults);
            assertTrue(faults.isEmpty(), faults::toString);
            Thread.sleep(2); // nothing tells of a file that changes
        }
    }

    /// Kills the owner that many times; answers how long it took at worst until something was written again.
    private long run(int processes, int kills) throws Exception {
        Random random = new Random(Long.getLong("test.seed", System.nanoTime()));
        long worstMillis = 0;
        try {
            for (int i = 0; i < processes; i++) {
                start();
            }
            for (int i = 0; i < kills; i++) {
                long before = acknowledgements;
                int more = 2 * processes + random.nextInt(40);
                await("progress before kill " + i, () -> acknowledgements > before + more);
                await("owner", () -> running.containsKey(owner()));
                long pid = owner();
                Process owner = running.remove(pid);
                owner.toHandle().destroyForcibly();
                assertTrue(owner.waitFor(30, TimeUnit.SECONDS));
                long killed = System.nanoTime();
                await("new owner after kill " + i, () -> owner() != pid && owner() != 0);
                long at = acknowledgements;
                await("writer that resumes after kill " + i, () -> acknowledgements > at);
                worstMillis =
                        Math.max(
                                worstMillis,
                                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
                start();
            }
        } finally {
            for (Process child : new ArrayList<>(running.values())) {
                child.toHandle().destroyForcibly();
                child.waitFor(30, TimeUnit.SECONDS);
            }
        }
        check();
        return worstMillis;
    }

    private void check() throws SQLException, InterruptedException {
        for (Thread listener : listeners) {
            listener.join(); // to the last lines of those who were killed
        }
        assertEquals(List.of(), List.copyOf(faults));
        assertEquals(List.of(), DatabaseCheck.problems(new LocalDisk(folder.resolve("shared"))));
        try (Connection connection = DriverManager.getConnection(url());
                ResultSet rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT writer, count(*), count(DISTINCT batch), max(batch)"
                                                + " FROM shared GROUP BY writer")) {
            long seen = 0;
            while (rows.next()) {
                long writer = rows.getLong(1);
                long batches = rows.getLong(4) + 1;
                long known = acknowledged.getOrDefault(writer, 0L);
                String what = "writer " + writer + ", acknowledged " + known;
                assertTrue(batches >= known, what + ", found " + batches);
                assertTrue(batches <= known + 1, what + ", found " + batches);
                assertEquals(batches, rows.getLong(3), what);
                assertEquals(batches * SharedWriter.ROWS, rows.getLong(2), what);
                seen += acknowledged.containsKey(writer) ? 1 : 0;
            }
            assertEquals(acknowledged.size(), seen);
        }
    }

    @Timeout(180)
    @Test
    void anotherProcessTakesOver() throws Exception {
        long millis = run(3, 2);
        System.out.println("owner killed twice under 3 processes: resumed in " + millis + " ms");
    }

    @Tag("D4")
    @Tag("long")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @Test
    void writersResumeSoonWheneverTheOwnerIsKilled() throws Exception {
        int kills = Integer.getInteger("kill.count", 100);
        long millis = run(5, kills);
        System.out.println(
                "owner killed " + kills + " times under 5 processes: resumed in " + millis + " ms");
        assertTrue(millis < RESUME_LIMIT_MILLIS, "resumed after " + millis + " ms");
    }

    @Timeout(120)
    @Test
    void onlyItsUserMayReadTheOwnersFile() throws Exception {
        try (Connection connection = DriverManager.getConnection(url())) {
            Path file = folder.resolve("shared").resolve("owner");
            assertEquals(ProcessHandle.current().pid(), owner());
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertTrue(connection.isValid(5));
        }
        assertEquals(0, owner(), "who closes the database leaves no owner behind");
    }
}
