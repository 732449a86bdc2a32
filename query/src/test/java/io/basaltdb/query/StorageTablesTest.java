package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.SnapshotLease;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What `system.parts`, `merges`, `log`, `tables` and `memory` tell of rows that were sealed and merged; `leases` and `ingests`, of other engines.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StorageTablesTest {
    @Test
    void rowsAreFollowedFromDeltaToMergedPart() {
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new SplittableRandom(1))
                        .withSeal(1 << 20, 1_000)
                        .withLog(1 << 20, 1 << 30, 1);
        try (TestSessions sessions = TestSessions.inMemory(options)) {
            TestSessions.Client client = sessions.client();
            client.run(
                    "CREATE TABLE t (day INTEGER, id BIGINT PRIMARY KEY, v TEXT) PARTITION BY (day)");
            assertEquals(List.of(), client.rows("SELECT * FROM system.merges"));
            for (int i = 0; i < 4; i++) {
                String insert =
                        "INSERT INTO t SELECT 7, x, 'v' FROM generate_series(%d, %d) AS s(x)";
                client.run(insert.formatted(1000 * i, 1000 * i + 999));
                if (i == 0) {
                    assertEquals(
                            List.of("delta|delta|1000|NULL|NULL"),
                            client.rows(
                                    "SELECT name, kind, row_count, size_bytes, partition FROM system.parts"));
                }
                sessions.settle();
            }
            client.run("DELETE FROM t WHERE id < 10");
            assertEquals(
                    List.of("part|4000|10|true|7|true"),
                    client.rows(
                            "SELECT kind, row_count, dead_row_count, size_bytes > 0, partition,"
                                    + " first_commit < last_commit AND last_commit < added_commit FROM system.parts"));
            assertEquals(
                    List.of(
                            "merge|1|4|4000|true|4000|true|true",
                            "seal|4|0|4000|true|4000|true|true"),
                    client.rows(
                            "SELECT kind, count(*), sum(source_parts), sum(source_rows), sum(source_bytes) > 0,"
                                    + " sum(result_rows), sum(result_bytes) > 0, every(state = 'finished' AND error IS NULL"
                                    + " AND schema_name = 'main' AND table_name = 't' AND elapsed_micros >= 0)"
                                    + " FROM system.merges GROUP BY kind ORDER BY kind"));
            assertEquals(
                    List.of("true|true"),
                    client.rows(
                            "SELECT written_bytes > 0 AND merged_bytes > 0, abs(write_amplification -"
                                    + " (written_bytes + merged_bytes) / CAST(written_bytes AS DOUBLE)) < 1e-9"
                                    + " FROM system.tables WHERE name = 't'"));
            assertEquals(
                    List.of("true|being written"),
                    client.rows(
                            "SELECT size_bytes > 0, pinned_by FROM system.log ORDER BY last_commit DESC LIMIT 1"));
        }
    }

    @Test
    void leasesAndIngestsOfOtherEnginesAreListed() {
        DatabaseOptions options =
                DatabaseOptions.defaults().withManualSteps(new SplittableRandom(2));
        try (TestSessions sessions = TestSessions.inMemory(options)) {
            TestSessions.Client client = sessions.client();
            client.run("CREATE TABLE t (id BIGINT)");
            client.run("INSERT INTO t VALUES (1)");
            assertEquals(List.of(), client.rows("SELECT * FROM system.leases"));
            assertEquals(List.of(), client.rows("SELECT * FROM system.ingests"));
            int table;
            try (DatabaseSnapshot snapshot = sessions.database().snapshot()) {
                table = Objects.requireNonNull(snapshot.catalog().table("main", "t")).id();
            }
            SnapshotLease lease = sessions.database().leases().take(List.of(table), 60_000);
            UUID ingest = sessions.database().ingests().begin(60_000);
            assertEquals(
                    List.of(lease.id() + "|main|t|" + lease.commit() + "|true"),
                    client.rows(
                            "SELECT id, schema_name, table_name, commit_number,"
                                    + " expires BETWEEN now() AND now() + INTERVAL '61' SECOND FROM system.leases"));
            assertEquals(
                    List.of(ingest + "|true|0|0|0"),
                    client.rows(
                            "SELECT id, expires > now(), task_count, part_count, row_count FROM system.ingests"));
            sessions.database().leases().release(lease.id());
            sessions.database().ingests().abort(ingest);
            assertEquals(List.of(), client.rows("SELECT * FROM system.leases"));
            assertEquals(List.of(), client.rows("SELECT * FROM system.ingests"));
        }
    }

    @Test
    void whatTakesMemoryIsListed() {
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new SplittableRandom(3))
                        .withSeal(1 << 20, 1_000)
                        .withLog(1 << 20, 1 << 30, 1);
        String held = "SELECT name, held_bytes > 0 FROM system.memory ORDER BY name";
        try (TestSessions sessions = TestSessions.inMemory(options)) {
            TestSessions.Client client = sessions.client();
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, v BIGINT)");
            client.run("INSERT INTO t SELECT i, i FROM range(5000) r(i)");
            sessions.settle();
            client.run(
                    "INSERT INTO t VALUES (7, 1), (4000, 2) ON CONFLICT (id) DO UPDATE SET v = t.v + excluded.v");
            assertEquals(
                    List.of(
                            "deltas|true",
                            "keys of granules|true",
                            "open parts|true",
                            "queries|false"),
                    client.rows(held));
            assertEquals(
                    List.of("true"),
                    client.rows("SELECT every(held_bytes <= limit_bytes) FROM system.memory"));
            client.run("DROP TABLE t");
            sessions.settle();
            assertEquals(
                    List.of("0"),
                    client.rows("SELECT held_bytes FROM system.memory WHERE name = 'open parts'"));
        }
    }
}
