package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.io.LocalDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.testkit.ModelDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many threads on a real disk, with sealing and merging behind them.
@Tag("D3")
final class DatabaseConcurrencyTest {
    private static final int WRITERS = 8;
    private static final int COMMITS = 300;

    @TempDir private Path directory;

    private DatabaseOptions options() {
        return DatabaseOptions.defaults()
                .withSeal(1 << 22, 500)
                .withBulk(1 << 22, 2000, 1 << 21, 1000)
                .withLog(1 << 20, 1 << 19, 1 << 14)
                .withMerge(1 << 24, 3);
    }

    @Test
    void whatWasAcknowledgedIsSeenAtOnceByEveryone() throws Exception {
        int tableId;
        TreeSet<Long> expected = new TreeSet<>();
        try (Database database =
                Database.open(new LocalDisk(directory), new SystemClock(), options())) {
            TableDefinition table = ModelDatabase.create(database, "t", true);
            tableId = table.id();
            AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);
            AtomicBoolean writing = new AtomicBoolean(true);
            AtomicLong scans = new AtomicLong();
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                List<Future<?>> writers = new ArrayList<>();
                for (int w = 0; w < WRITERS; w++) {
                    writers.add(threads.submit(writer(database, tableId, w, acknowledged)));
                }
                Future<?> reader =
                        threads.submit(() -> {
                            while (writing.get()) {
                                scan(database, tableId, acknowledged);
                                scans.incrementAndGet();
                            }
                        });
                try {
                    for (Future<?> writer : writers) {
                        writer.get();
                    }
                } finally {
                    writing.set(false);
                }
                reader.get();
            }
            assertTrue(scans.get() > 0);
            for (int w = 0; w < WRITERS; w++) {
                for (long i = 0; i < 2L * COMMITS; i++) {
                    expected.add(id(w, i));
                }
            }
            assertEquals(expected, ModelDatabase.ids(database, tableId));
        }
        assertEquals(List.of(), DatabaseCheck.problems(new LocalDisk(directory)));
        try (Database again =
                Database.open(new LocalDisk(directory), new SystemClock(), options())) {
            assertEquals(expected, ModelDatabase.ids(again, tableId));
        }
    }

    private static long id(int writer, long index) {
        return writer * 1_000_000L + index;
    }

    /// Two rows per commit, so that half a commit can be told.
    private static Callable<Void> writer(
            Database database, int tableId, int writer, AtomicLongArray acknowledged) {
        return () -> {
            long last = 0;
            for (long i = 0; i < COMMITS; i++) {
                long commit =
                        ModelDatabase.insert(
                                database, tableId, id(writer, 2 * i), id(writer, 2 * i + 1));
                assertTrue(commit > last, "commit numbers ascend");
                last = commit;
                acknowledged.set(writer, 2 * i + 2);
                assertTrue(database.lastCommit() >= commit, "visible when commit returns");
            }
            return null;
        };
    }

    private static void scan(Database database, int tableId, AtomicLongArray acknowledged) {
        long[] before = new long[WRITERS];
        for (int w = 0; w < WRITERS; w++) {
            before[w] = acknowledged.get(w);
        }
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            TreeSet<Long> ids = new TreeSet<>(ModelDatabase.scan(snapshot.table(tableId)).keySet());
            for (int w = 0; w < WRITERS; w++) {
                int seen = ids.subSet(id(w, 0), id(w + 1, 0)).size();
                assertTrue(seen % 2 == 0, "half a commit of writer " + w);
                assertTrue(seen >= before[w], "writer " + w + " was told of more");
                for (long i = 0; i < seen; i++) {
                    assertTrue(ids.contains(id(w, i)), "a hole in what writer " + w + " wrote");
                }
            }
        }
    }
}
