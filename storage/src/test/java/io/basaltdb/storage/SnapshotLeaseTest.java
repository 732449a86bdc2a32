package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.table.BackgroundJob;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.LeasedSplit;
import io.basaltdb.storage.table.SnapshotLease;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.testkit.VectorValues;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Selection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Leased snapshots: what their splits say, for how long, and what is left of their files afterwards.
@Timeout(120)
final class SnapshotLeaseTest {
    private static final long MINUTE_MILLIS = 60_000;

    private final Random random = new Random(Long.getLong("test.seed", 20_261_124));
    private final SimulatedDisk disk = new SimulatedDisk();
    private final ManualClock clock = new ManualClock();
    private final Set<BackgroundJob> merges = new HashSet<>();
    private final TreeSet<Long> ids = new TreeSet<>();
    private final TreeMap<Long, Long> values = new TreeMap<>();
    private long nextId = 1;

    private Database open() {
        return Database.open(
                disk,
                clock,
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(random.nextLong()))
                        .withSeal(1 << 20, 30)
                        .withBulk(1 << 20, 200, 1 << 19, 100)
                        .withLog(1 << 16, 1 << 15, 1 << 11)
                        .withMerge(1 << 24, 2));
    }

    private void change(Database database, int rows, int keyed) {
        try (Transaction transaction = database.begin()) {
            long id = nextId++;
            ModelDatabase.append(transaction, rows, id);
            ids.add(id);
            TreeMap<Long, Long> upserts = new TreeMap<>();
            for (int i = 0; i < 3; i++) {
                upserts.put((long) random.nextInt(50), nextId++);
            }
            KeyedRows.upsert(transaction, keyed, upserts);
            values.putAll(upserts);
            if (random.nextInt(4) == 0) {
                var places = ModelDatabase.places(transaction.snapshot().table(rows));
                long gone = ids.first();
                ModelDatabase.delete(transaction, rows, places, List.of(gone));
                ids.remove(gone);
            }
            transaction.commit();
        }
    }

    private void work(Database database, int steps) {
        for (int i = 0; i < steps; i++) {
            clock.advanceMillis(1);
            database.backgroundStep();
            for (BackgroundJob job : database.backgroundJobs()) {
                if (job.kind() == BackgroundJob.Kind.MERGE) {
                    merges.add(job);
                }
            }
        }
    }

    /// Reads the splits as another process would: from their bytes, and the files alone.
    private static TreeMap<Long, Long> read(Disk disk, List<LeasedSplit> splits) {
        TreeMap<Long, Long> found = new TreeMap<>();
        for (LeasedSplit split : splits) {
            LeasedSplit sent = LeasedSplit.fromBytes(split.toBytes());
            try (SplitReader reader = sent.open(disk)) {
                read(reader, sent, found);
            }
        }
        return found;
    }

    /// The first column's values to the last one's, or to nothing where that is no number.
    private static void read(SplitReader reader, LeasedSplit split, TreeMap<Long, Long> found) {
        for (int g = 0; g < split.granuleCount(); g++) {
            reader.seek(split.firstGranule() + g);
            Selection live = reader.live();
            List<Value> first = VectorValues.list(reader.read(0, live));
            List<Value> last = VectorValues.list(reader.read(1, live));
            int count = live == null ? first.size() : live.count();
            for (int i = 0; i < count; i++) {
                int lane = live == null ? i : live.rows()[i];
                long id = ((Value.Whole) first.get(lane)).value();
                long value = last.get(lane) instanceof Value.Whole(long whole) ? whole : 0;
                assertEquals(null, found.put(id, value), "row " + id + " is there twice");
            }
        }
    }

    private static void settle(Database database, ManualClock clock) {
        while (database.backgroundStep()) {
            clock.advanceMillis(1);
        }
    }

    private static void assertNoOrphans(Database database, SimulatedDisk disk, int... tables) {
        long parts = 0;
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            for (int table : tables) {
                parts += snapshot.table(table).parts().size();
            }
        }
        assertEquals(parts, disk.list("parts").size(), "files that nothing needs");
    }

    @Test
    void aThousandCommitsAndMergesDoNotShow() {
        Database database = open();
        int rows = ModelDatabase.create(database, "t", true).id();
        int keyed = KeyedRows.create(database, "k").id();
        for (int i = 0; i < 60; i++) {
            change(database, rows, keyed);
            work(database, 6);
        }
        SnapshotLease lease = database.leases().take(List.of(rows, keyed), 30 * MINUTE_MILLIS);
        assertEquals(database.lastCommit(), lease.commit());
        TreeSet<Long> thenIds = new TreeSet<>(ids);
        TreeMap<Long, Long> thenValues = new TreeMap<>(values);
        List<LeasedSplit> rowSplits = database.leases().splits(lease.id(), rows);
        List<LeasedSplit> keyedSplits = database.leases().splits(lease.id(), keyed);
        merges.clear();
        for (int i = 0; i < 1000; i++) {
            change(database, rows, keyed);
            work(database, 8);
            if (i == 300) {
                database.close();
                database = open();
            } else if (i == 600) {
                disk.crash(random);
                database = open();
            }
            if (i % 200 == 0) {
                assertEquals(thenIds, read(disk, rowSplits).keySet());
                assertEquals(thenValues, read(disk, keyedSplits));
            }
        }
        assertTrue(merges.size() >= 50, merges.size() + " merges");
        assertEquals(thenIds, read(disk, rowSplits).keySet());
        assertEquals(thenValues, read(disk, keyedSplits));
        assertEquals(
                read(disk, keyedSplits),
                read(disk, database.leases().splits(lease.id(), keyed)),
                "listed again, the splits are the same rows");
        database.leases().release(lease.id());
        settle(database, clock);
        assertNoOrphans(database, disk, rows, keyed);
        assertEquals(List.of(), disk.list("leases"));
        BasaltException gone = assertThrows(BasaltException.class, () -> read(disk, keyedSplits));
        assertEquals(ErrorCode.LEASE_EXPIRED, gone.code());
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            assertEquals(values, KeyedRows.scan(snapshot.table(keyed)));
        }
        database.close();
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    @Test
    void expiresByTheClockUnlessItIsRenewed() {
        try (Database database = open()) {
            int rows = ModelDatabase.create(database, "t", false).id();
            int keyed = KeyedRows.create(database, "k").id();
            for (int i = 0; i < 40; i++) {
                change(database, rows, keyed);
            }
            var leases = database.leases();
            SnapshotLease lease = leases.take(List.of(rows), MINUTE_MILLIS);
            List<LeasedSplit> splits = leases.splits(lease.id(), rows);
            clock.advanceMillis(MINUTE_MILLIS - 1);
            SnapshotLease renewed = leases.renew(lease.id(), MINUTE_MILLIS);
            assertEquals(lease.commit(), renewed.commit());
            assertEquals(List.of(renewed), leases.all());
            clock.advanceMillis(MINUTE_MILLIS - 1);
            leases.open(splits.getFirst()).close();
            clock.jumpWall(-1_000_000_000L); // a clock that is set back or ahead changes nothing
            clock.jumpWall(3_000_000_000L);
            leases.open(splits.getFirst()).close();
            clock.advanceMillis(1);
            for (Runnable use :
                    List.<Runnable>of(
                            () -> leases.find(lease.id()),
                            () -> leases.splits(lease.id(), rows),
                            () -> leases.renew(lease.id(), MINUTE_MILLIS),
                            () -> leases.open(splits.getFirst()))) {
                BasaltException expired = assertThrows(BasaltException.class, use::run);
                assertEquals(ErrorCode.LEASE_EXPIRED, expired.code());
                assertTrue(expired.text().contains(lease.id().toString()), expired.text());
            }
            assertEquals(List.of(), leases.all());
            settle(database, clock);
            assertNoOrphans(database, disk, rows, keyed);
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    @Test
    void isBounded() {
        try (Database database = open()) {
            int keyed = KeyedRows.create(database, "k").id();
            var leases = database.leases();
            assertEquals(
                    ErrorCode.INVALID_PARAMETER,
                    assertThrows(
                                    BasaltException.class,
                                    () -> leases.take(List.of(keyed), 25L * 60 * MINUTE_MILLIS))
                            .code());
            assertEquals(
                    ErrorCode.UNDEFINED_TABLE,
                    assertThrows(
                                    BasaltException.class,
                                    () -> leases.take(List.of(99), MINUTE_MILLIS))
                            .code());
            for (int i = 0; i < 64; i++) {
                leases.take(List.of(keyed), MINUTE_MILLIS);
            }
            assertEquals(
                    ErrorCode.CONFIGURATION_LIMIT,
                    assertThrows(
                                    BasaltException.class,
                                    () -> leases.take(List.of(keyed), MINUTE_MILLIS))
                            .code());
            leases.release(leases.all().getFirst().id());
            leases.take(List.of(keyed), MINUTE_MILLIS);
        }
    }
}
