package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedCrash;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Idempotency tokens: an insert that is sent again under its token is carried out once, whatever happened in between.
@Tag("D4")
@Timeout(120)
final class InsertTokenTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final ManualClock clock = new ManualClock();

    private static Database open(SimulatedDisk disk, ManualClock clock) {
        return Database.open(
                disk,
                clock,
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(5))
                        .withSeal(1 << 20, 30)
                        .withLog(1 << 14, 4_000, 1 << 11)
                        .withMerge(1 << 24, 2));
    }

    private static InsertToken token(String name, long... ids) {
        long hash = 17;
        for (long id : ids) {
            hash = hash * 31 + id;
        }
        return new InsertToken(name, hash, ids.length);
    }

    /// Carries an insert out, or answers what it answered before.
    private static long insert(Database database, TableDefinition table, String name, long... ids) {
        InsertToken token = token(name, ids);
        try (Transaction transaction = database.begin()) {
            UsedToken known = transaction.usedToken(table.id(), name);
            if (known != null) {
                return token.repeat(known, table);
            }
            ModelDatabase.append(transaction, table.id(), ids);
            transaction.inserted(table.id(), token, ids.length);
            transaction.commit();
            return ids.length;
        }
    }

    @Test
    void aRepetitionChangesNothingAndAnswersTheSame() {
        try (Database database = open(disk, clock)) {
            TableDefinition table = ModelDatabase.create(database, "t", true);
            assertEquals(3, insert(database, table, "a", 1, 2, 3));
            long commit = database.lastCommit();
            assertEquals(3, insert(database, table, "a", 1, 2, 3));
            assertEquals(commit, database.lastCommit(), "a repetition takes no commit number");
            assertEquals(new TreeSet<>(List.of(1L, 2L, 3L)), ids(database, table));
            BasaltException other =
                    assertThrows(
                            BasaltException.class, () -> insert(database, table, "a", 1, 2, 4));
            assertEquals(ErrorCode.TOKEN_REUSED, other.code());
            assertTrue(other.text().contains("insert token a of main.t"), other::text);
            assertEquals(1, insert(database, table, "b", 4));
            TableDefinition second = ModelDatabase.create(database, "u", true);
            assertEquals(2, insert(database, second, "a", 8, 9), "each table has its own tokens");
        }
    }

    private static TreeSet<Long> ids(Database database, TableDefinition table) {
        return ModelDatabase.ids(database, table.id());
    }

    @Test
    void theFirstOfTwoAtOnceWins() {
        try (Database database = open(disk, clock)) {
            TableDefinition table = ModelDatabase.create(database, "t", true);
            InsertToken token = token("a", 7);
            try (Transaction slow = database.begin()) {
                assertNull(slow.usedToken(table.id(), "a"));
                ModelDatabase.append(slow, table.id(), 7);
                slow.inserted(table.id(), token, 1);
                assertNotNull(slow.usedToken(table.id(), "a"), "its own tokens are known to it");
                assertEquals(1, insert(database, table, "a", 7));
                BasaltException lost = assertThrows(BasaltException.class, slow::commit);
                assertEquals(ErrorCode.SERIALIZATION_FAILURE, lost.code());
            }
            assertEquals(1, insert(database, table, "a", 7));
            assertEquals(new TreeSet<>(List.of(7L)), ids(database, table));
        }
    }

    @Test
    void aTransactionThatBeganBeforeIsToldToBeginAgain() {
        try (Database database = open(disk, clock)) {
            TableDefinition table = ModelDatabase.create(database, "t", true);
            try (Transaction older = database.begin()) {
                insert(database, table, "a", 7);
                BasaltException lost =
                        assertThrows(BasaltException.class, () -> older.usedToken(table.id(), "a"));
                assertEquals(ErrorCode.SERIALIZATION_FAILURE, lost.code());
            }
        }
    }

    @Test
    void tokensSurviveTheLogAndTheManifest() {
        TableDefinition table;
        try (Database database = open(disk, clock)) {
            table = ModelDatabase.create(database, "t", true);
            insert(database, table, "early", 1);
        }
        for (int life = 0; life < 3; life++) {
            try (Database database = open(disk, clock)) {
                assertEquals(1, insert(database, table, "early", 1));
                for (int i = 0; i < 40; i++) {
                    insert(database, table, "later " + i, 100 + i);
                    database.backgroundStep();
                }
                for (int i = 0; i < 300; i++) {
                    database.backgroundStep();
                }
                assertEquals(41, ids(database, table).size());
            }
            assertEquals(List.of(), DatabaseCheck.problems(disk));
        }
        assertTrue(
                disk.files().stream().anyMatch(file -> file.startsWith("manifest/")),
                "no manifest was written");
    }

    @Test
    void theClockDoesNotMatterWhereFewTokensCame() {
        try (Database database = open(disk, clock)) {
            TableDefinition table = ModelDatabase.create(database, "t", true);
            insert(database, table, "a", 1);
            clock.jumpWall(3650L * 24 * 3600 * 1_000_000);
            insert(database, table, "b", 2);
            assertEquals(1, insert(database, table, "a", 1), "the clock jumped, no time passed");
            clock.advanceMillis(25L * 3_600_000);
            insert(database, table, "c", 3);
            assertEquals(1, insert(database, table, "a", 1), "a day has passed, with few tokens");
        }
    }

    @Test
    void whateverCallFailsTheRetryIsCarriedOutOnce() {
        long calls = crashAt(Long.MAX_VALUE, 0);
        for (long n = 0; n < calls; n++) {
            crashAt(n, n);
        }
    }

    /// Inserts in two lives, of which the first may end at the n-th call, and the second sends everything again.
    private static long crashAt(long n, long seed) {
        SimulatedDisk disk = new SimulatedDisk();
        ManualClock clock = new ManualClock();
        TableDefinition table;
        try (Database database = open(disk, clock)) {
            table = ModelDatabase.create(database, "t", true);
        }
        long before = disk.calls();
        if (n != Long.MAX_VALUE) {
            disk.failAt(n, SimulatedDisk.Fault.CRASH);
        }
        try (Database database = open(disk, clock)) {
            fill(database, table);
        } catch (SimulatedCrash expected) {
            disk.crash(new Random(seed));
        }
        long calls = disk.calls() - before;
        try (Database database = open(disk, clock)) {
            fill(database, table);
            // the scan itself refuses a row that is there twice
            assertEquals(40, ids(database, table).size(), "crash at call " + n);
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
        return calls;
    }

    private static void fill(Database database, TableDefinition table) {
        for (int i = 0; i < 20; i++) {
            assertEquals(2, insert(database, table, "batch " + i, 2 * i, 2 * i + 1));
            database.backgroundStep();
            database.backgroundStep();
            database.backgroundStep();
        }
    }
}
