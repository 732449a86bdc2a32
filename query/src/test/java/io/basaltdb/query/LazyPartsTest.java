package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.DirectoryLock;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.RandomReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the manifest says of parts is answered without their files: a database of very many parts opens at once.
@Timeout(120)
class LazyPartsTest {
    private static final int PARTS = 40;

    /// Takes itself off a count when it is closed.
    private record CountedReader(RandomReader reader, AtomicInteger count) implements RandomReader {
        @Override
        public void read(long position, byte[] target, int offset, int length) {
            reader.read(position, target, offset, length);
        }

        @Override
        public long sizeBytes() {
            return reader.sizeBytes();
        }

        @Override
        public String path() {
            return reader.path();
        }

        @Override
        public void close() {
            count.decrementAndGet();
            reader.close();
        }
    }

    /// Notes the parts' files that are opened.
    private static final class NotingDisk implements Disk {
        private final Disk disk = new MemoryDisk("the test", 1L << 28);
        private final Set<String> opened = new HashSet<>();
        private final AtomicInteger openNow = new AtomicInteger();

        @Override
        public synchronized RandomReader open(String path) {
            RandomReader reader = disk.open(path);
            if (!path.startsWith("parts/")) {
                return reader;
            }
            opened.add(path);
            openNow.incrementAndGet();
            return new CountedReader(reader, openNow);
        }

        /// How many since the last time.
        synchronized int takeOpened() {
            int count = opened.size();
            opened.clear();
            return count;
        }

        @Override
        public AppendWriter create(String path, long sizeBytes) {
            return disk.create(path, sizeBytes);
        }

        @Override
        public AppendWriter reopen(String path, long position, long sizeBytes) {
            return disk.reopen(path, position, sizeBytes);
        }

        @Override
        public boolean exists(String path) {
            return disk.exists(path);
        }

        @Override
        public List<String> list(String directory) {
            return disk.list(directory);
        }

        @Override
        public void createDirectory(String directory) {
            disk.createDirectory(directory);
        }

        @Override
        public void delete(String path) {
            disk.delete(path);
        }

        @Override
        public void forceDirectory(String directory) {
            disk.forceDirectory(directory);
        }

        @Override
        public DirectoryLock lock() {
            return disk.lock();
        }

        @Override
        public long freeBytes() {
            return disk.freeBytes();
        }

        @Override
        public String describe() {
            return disk.describe();
        }
    }

    private final NotingDisk disk = new NotingDisk();

    private TestSessions open(long checkpointBytes) {
        return new TestSessions(
                disk,
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(3))
                        .withSeal(1, 4)
                        .withLog(1 << 20, checkpointBytes, 1 << 20));
    }

    /// Each partition has a part of its own.
    private void fill(long checkpointBytes) {
        try (TestSessions sessions = open(checkpointBytes)) {
            TestSessions.Client client = sessions.client();
            client.run(
                    "CREATE TABLE t (day INTEGER, id INTEGER, name TEXT, x DOUBLE) PARTITION BY (day)");
            client.run(
                    "INSERT INTO t SELECT CAST(i % 40 AS INTEGER), CAST(i AS INTEGER), 'row ' || i, i * 0.5"
                            + " FROM range(8000) r(i)");
            sessions.settle();
            assertEquals(
                    List.of(Integer.toString(PARTS)),
                    client.rows("SELECT count(*) FROM system.parts WHERE kind = 'part'"));
        }
        disk.takeOpened();
    }

    private void ask() {
        try (TestSessions sessions = open(1 << 20)) {
            assertEquals(0, disk.takeOpened(), "to open the database");
            TestSessions.Client client = sessions.client();
            assertEquals(List.of("8000"), client.rows("SELECT count(*) FROM t"));
            assertEquals(
                    List.of("40|8000"),
                    client.rows(
                            "SELECT count(*), sum(row_count) FROM system.parts WHERE table_name = 't'"));
            assertEquals(0, disk.takeOpened(), "to count rows and parts");
            assertEquals(
                    List.of("200|7967"),
                    client.rows("SELECT count(*), max(id) FROM t WHERE day = 7"));
            assertEquals(1, disk.takeOpened(), "to read one partition");
            client.run("DELETE FROM t WHERE day = 7 AND id = 7");
            disk.takeOpened();
            assertEquals(List.of("7999"), client.rows("SELECT count(*) FROM t"));
            assertEquals(0, disk.takeOpened(), "to count rows, a dead one left out");
        }
    }

    /// Many sessions read all parts where memory is for a few; each part is opened again and again, and answers what it did.
    @Test
    void partsGiveWayToOthers() throws InterruptedException, ExecutionException {
        fill(1 << 20);
        DatabaseOptions little =
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(4))
                        .withDeltaBudget(16_000, 1);
        try (TestSessions sessions = new TestSessions(disk, little);
                ExecutorService readers = Executors.newFixedThreadPool(3)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TestSessions.Client client = sessions.client();
                all.add(readers.submit(() -> read(client)));
            }
            for (Future<?> reader : all) {
                reader.get();
            }
            assertEquals(PARTS, disk.takeOpened());
            assertTrue(disk.openNow.get() < PARTS / 2, () -> disk.openNow.get() + " are open");
        }
        assertEquals(0, disk.openNow.get());
    }

    private static void read(TestSessions.Client client) {
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    List.of("31996000|8000|1000"),
                    client.rows(
                            "SELECT sum(id), count(name), count(*) FILTER (WHERE x < 500) FROM t"));
            assertEquals(List.of("200"), client.rows("SELECT count(x) FROM t WHERE day = " + i));
        }
    }

    @Test
    void theManifestAnswers() {
        fill(1);
        ask();
    }

    @Test
    void theLogAnswers() {
        fill(1 << 20);
        ask();
    }
}
