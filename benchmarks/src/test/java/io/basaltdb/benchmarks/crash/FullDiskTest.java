package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.io.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A file system in memory is filled up, read from, and made larger. Where the machine cannot mount one, the test is skipped and says why.
@Tag("D12")
@Tag("long")
class FullDiskTest {
    private static final String DISK_FULL = "53100";
    private static final int BATCH_ROWS = 1000;
    private static final int NAME_CHARACTERS = 500;
    private static final long RESUME_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    @TempDir private Path folder;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Test
    void writesResumeWhenThereIsRoomAgain() throws Exception {
        String obstacle = CuttableDisk.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
        Path mount = Files.createDirectories(folder.resolve("small"));
        CuttableDisk.run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", mount.toString());
        try {
            fillAndResume(mount);
        } finally {
            CuttableDisk.run("umount", mount.toString());
        }
    }

    private void fillAndResume(Path mount) throws SQLException, IOException {
        Path directory = mount.resolve("full");
        String url = KillTarget.Basalt.PREFIX + directory;
        long batches = 0;
        long resumeNanos;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (batch BIGINT, name VARCHAR(600))");
            String refusal = "";
            while (refusal.isEmpty()) {
                refusal = insert(connection, batches);
                batches += refusal.isEmpty() ? 1 : 0;
            }
            assertEquals(DISK_FULL, refusal);
            assertEquals(batches * BATCH_ROWS, count(statement), "reads go on");
            assertEquals(DISK_FULL, insert(connection, batches), "it is still full");
            CuttableDisk.run("mount", "-o", "remount,size=400m", mount.toString());
            long start = System.nanoTime();
            while (!insert(connection, batches).isEmpty()) {
                assertTrue(
                        System.nanoTime() - start < RESUME_LIMIT_NANOS,
                        "there is room, and writes are still refused");
            }
            resumeNanos = System.nanoTime() - start;
            batches++;
            assertEquals(batches * BATCH_ROWS, count(statement));
        }
        assertEquals(List.of(), DatabaseCheck.problems(new LocalDisk(directory)));
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            assertEquals(batches * BATCH_ROWS, count(statement));
        }
        System.out.printf(
                "seed %d: full after %d batches, writes resumed in %.0f ms%n",
                seed, batches - 1, resumeNanos / 1e6);
    }

    /// SQLSTATE of the refusal; empty where the rows are in.
    private String insert(Connection connection, long batch) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 0; i < BATCH_ROWS; i++) {
                insert.setLong(1, batch);
                insert.setString(2, name());
                insert.addBatch();
            }
            insert.executeBatch();
            return "";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private String name() {
        char[] characters = new char[NAME_CHARACTERS];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) (' ' + random.nextInt(95));
        }
        return new String(characters);
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(name) FROM t")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
