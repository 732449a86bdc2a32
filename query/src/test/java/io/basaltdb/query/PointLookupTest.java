package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rows that are named by their primary key are found through the filters and indexes of keys, in parts and in the delta, whatever the order of the rows
/// is; and they are the rows that a scan finds.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PointLookupTest {
    private static final int KEYS = 30_000;

    private final SplittableRandom random = new SplittableRandom(11);
    private final TreeMap<Integer, Integer> expected = new TreeMap<>();
    private final TestSessions sessions =
            TestSessions.inMemory(
                    DatabaseOptions.defaults()
                            .withManualSteps(random.split())
                            .withSeal(1 << 30, 1 << 30)
                            .withBulk(1 << 30, 1 << 20, 1 << 30, 20_000));
    private final TestSessions.Client client = sessions.client();

    @AfterEach
    void close() {
        sessions.close();
    }

    private long run(String sql) {
        return client.run(sql);
    }

    private List<String> rows(String sql) {
        return client.rows(sql);
    }

    private int key() {
        return random.nextInt(KEYS + 2_000);
    }

    /// A table of two parts and a delta, some rows replaced and some deleted.
    private void fill(String order) {
        run("CREATE TABLE t (id INTEGER, kind TEXT, v INTEGER, PRIMARY KEY (id, kind)) " + order);
        String load =
                "INSERT INTO t SELECT CAST(i AS INTEGER), 'k' || CAST(i % 3 AS VARCHAR), CAST(i AS INTEGER)"
                        + " FROM generate_series(0, 29999) AS s(i)";
        run(load);
        for (int i = 0; i < KEYS; i++) {
            expected.put(i, i);
        }
        for (int round = 0; round < 30; round++) {
            StringBuilder upsert = new StringBuilder("INSERT OR REPLACE INTO t VALUES ");
            for (int i = 0; i < 200; i++) {
                int id = key();
                int value = random.nextInt();
                upsert.append(i == 0 ? "" : ", ").append(row(id, value));
                expected.put(id, value);
            }
            run(upsert.toString());
            if (round == 15) {
                run(load.replace("INTO t", "OR IGNORE INTO t"));
            }
            int gone = key();
            assertEquals(
                    expected.remove(gone) == null ? 0 : 1,
                    run("DELETE FROM t WHERE id = " + gone + " AND kind = 'k" + gone % 3 + "'"));
            int changed = key();
            assertEquals(
                    expected.replace(changed, -1) == null ? 0 : 1,
                    run(
                            "UPDATE t SET v = -1 WHERE kind = 'k"
                                    + changed % 3
                                    + "' AND id = "
                                    + changed));
        }
    }

    private static String row(int id, int value) {
        return "(" + id + ", 'k" + id % 3 + "', " + value + ")";
    }

    private void check() {
        for (int i = 0; i < 60; i++) {
            List<String> keys = new ArrayList<>();
            List<String> found = new ArrayList<>();
            for (int k = random.nextInt(1, 6); k > 0; k--) {
                int id = key();
                keys.add(Integer.toString(id));
                Integer value = expected.get(id);
                if (value != null && !found.contains(id + "|" + value)) {
                    found.add(id + "|" + value);
                }
            }
            found.sort(null);
            String where = "id IN (" + String.join(", ", keys) + ") AND kind IN ('k0', 'k1', 'k2')";
            List<String> answer = rows("SELECT id, v FROM t WHERE " + where);
            answer.sort(null);
            assertEquals(found, answer, where);
        }
    }

    /// Granules that a lookup of one key reads, over all splits, at most over some keys.
    private int mostGranules() {
        int most = 0;
        try (DatabaseSnapshot snapshot = sessions.database().snapshot()) {
            int table = snapshot.catalog().table("main", "t").id();
            for (int i = 0; i < 50; i++) {
                int id = key();
                List<ColumnRanges> predicates =
                        List.of(
                                new ColumnRanges(1, Ranges.point(Value.of("k" + id % 3))),
                                new ColumnRanges(0, Ranges.point(Value.of(id))));
                int granules = 0;
                for (Split split : snapshot.table(table).splits()) {
                    BitSet left = new BitSet();
                    left.set(0, split.granuleCount());
                    split.prune(predicates, left);
                    granules += left.cardinality();
                }
                most = Math.max(most, granules);
            }
        }
        return most;
    }

    @Test
    void aTableSortedByAnotherColumnIsNotScanned() {
        fill("ORDER BY (v)");
        assertTrue(mostGranules() <= 4, "granules: " + mostGranules());
        check();
        sessions.settle();
        check();
    }

    @Test
    void aTableSortedByItsKeyIsNotScanned() {
        fill("");
        assertTrue(mostGranules() <= 5, "granules: " + mostGranules());
        check();
    }

    @Test
    void aTransactionFindsItsOwnRowsAndNoLaterOnes() {
        fill("ORDER BY (v)");
        int own = expected.ceilingKey(7);
        int others = expected.higherKey(own);
        String before = expected.get(others).toString();
        TestSessions.Client other = sessions.client();
        other.run("BEGIN");
        other.run("INSERT OR REPLACE INTO t VALUES " + row(own, 70));
        run("INSERT OR REPLACE INTO t VALUES " + row(own, 71) + ", " + row(others, 81));
        assertEquals(List.of("70"), other.rows(lookup(own)));
        assertEquals(List.of(before), other.rows(lookup(others)));
        other.run("ROLLBACK");
        assertEquals(List.of("71"), rows(lookup(own)));
        assertEquals(List.of("81"), rows(lookup(others)));
    }

    @Test
    void anUpsertComputesFromWhatAColumnThatWasAddedSinceHolds() {
        fill("ORDER BY (v)");
        sessions.settle();
        run("ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 5");
        int id = expected.ceilingKey(100);
        String upsert =
                "INSERT INTO t VALUES (%d, 'k%d', 0, 2) ON CONFLICT DO UPDATE SET more = t.more + excluded.more";
        assertEquals(1, run(upsert.formatted(id, id % 3)));
        assertEquals(
                List.of(expected.get(id) + "|7"),
                rows("SELECT v, more FROM t WHERE id = " + id + " AND kind = 'k" + id % 3 + "'"));
    }

    private static String lookup(int id) {
        return "SELECT v FROM t WHERE id = " + id + " AND kind = 'k" + id % 3 + "'";
    }
}
