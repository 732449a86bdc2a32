package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.vector.Batch;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What `system.parts`, `merges`, `log` and `tables` tell of rows that were sealed and merged.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StorageTablesTest {
    private final SystemClock clock = new SystemClock();

    private static List<String> rows(Session session, String sql) {
        List<String> lines = new ArrayList<>();
        try (Result result = session.execute(sql)) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    int lane = batch.selection() == null ? i : batch.selection().rows()[i];
                    List<String> texts = new ArrayList<>();
                    batch.columns()
                            .forEach(column ->
                                    texts.add(
                                            ValueText.format(
                                                    Lanes.value(column, lane),
                                                    column.type(),
                                                    ZoneOffset.UTC)));
                    lines.add(String.join("|", texts));
                }
            }
        }
        return lines;
    }

    @Test
    void rowsAreFollowedFromDeltaToMergedPart() {
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new SplittableRandom(1))
                        .withSeal(1 << 20, 1_000)
                        .withLog(1 << 20, 1 << 30, 1);
        try (Database database =
                        Database.open(new MemoryDisk("the test", 1L << 28), clock, options);
                Engine engine =
                        Engine.open(
                                database,
                                clock,
                                EngineOptions.ofHeapShare(0.2),
                                new FileFormats(new LocalUserFiles(), List.of()));
                Session session = engine.session("test")) {
            session.execute(
                            "CREATE TABLE t (day INTEGER, id BIGINT PRIMARY KEY, v TEXT) PARTITION BY (day)")
                    .close();
            assertEquals(List.of(), rows(session, "SELECT * FROM system.merges"));
            for (int i = 0; i < 4; i++) {
                String insert =
                        "INSERT INTO t SELECT 7, x, 'v' FROM generate_series(%d, %d) AS s(x)";
                session.execute(insert.formatted(1000 * i, 1000 * i + 999)).close();
                if (i == 0) {
                    assertEquals(
                            List.of("delta|delta|1000|NULL|NULL"),
                            rows(
                                    session,
                                    "SELECT name, kind, row_count, size_bytes, partition FROM system.parts"));
                }
                while (database.backgroundStep()) {
                    // to the end
                }
            }
            session.execute("DELETE FROM t WHERE id < 10").close();
            assertEquals(
                    List.of("part|4000|10|true|7|true"),
                    rows(
                            session,
                            "SELECT kind, row_count, dead_row_count, size_bytes > 0, partition,"
                                    + " first_commit < last_commit AND last_commit < added_commit FROM system.parts"));
            assertEquals(
                    List.of(
                            "merge|1|4|4000|true|4000|true|true",
                            "seal|4|0|4000|true|4000|true|true"),
                    rows(
                            session,
                            "SELECT kind, count(*), sum(source_parts), sum(source_rows), sum(source_bytes) > 0,"
                                    + " sum(result_rows), sum(result_bytes) > 0, every(state = 'finished' AND error IS NULL"
                                    + " AND schema_name = 'main' AND table_name = 't' AND elapsed_micros >= 0)"
                                    + " FROM system.merges GROUP BY kind ORDER BY kind"));
            assertEquals(
                    List.of("true|true"),
                    rows(
                            session,
                            "SELECT written_bytes > 0 AND merged_bytes > 0, abs(write_amplification -"
                                    + " (written_bytes + merged_bytes) / CAST(written_bytes AS DOUBLE)) < 1e-9"
                                    + " FROM system.tables WHERE name = 't'"));
            assertEquals(
                    List.of("true|being written"),
                    rows(
                            session,
                            "SELECT size_bytes > 0, pinned_by FROM system.log ORDER BY last_commit DESC LIMIT 1"));
        }
    }
}
