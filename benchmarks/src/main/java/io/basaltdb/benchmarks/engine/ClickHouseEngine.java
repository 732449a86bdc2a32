package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerRow;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.files.DataFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// ClickHouse with a database directory, in a process of its own: the package `chdb` runs it inside Node.js. A query is timed in that
/// process, around the call that answers with all bytes of the result, so that the way between the processes is not in the figure.
///
/// Tables are `MergeTree` in the order of the sort key. Where ClickHouse leaves the SQL standard by default (nulls of outer joins, sums of
/// nothing), it is asked to keep it; what answers a query from one that ran before is off.
final class ClickHouseEngine implements QueryEngine {
    private static final long LOOK_NANOS = 100_000_000L;
    private static final int QUIET_LOOKS = 20;
    private static final int MOST_LOOKS = 6000;

    private final ChdbProcess process;

    private ClickHouseEngine(ChdbProcess process) {
        this.process = process;
    }

    static ClickHouseEngine open(Path folder, int threads) throws IOException, SQLException {
        ClickHouseEngine engine = new ClickHouseEngine(ChdbProcess.start(folder));
        try {
            for (String setting :
                    List.of(
                            "max_threads = " + threads,
                            "max_insert_threads = " + threads,
                            "use_query_condition_cache = 0",
                            "use_query_cache = 0",
                            "data_type_default_nullable = 1",
                            "join_use_nulls = 1",
                            "aggregate_functions_null_for_empty = 1")) {
                engine.process.time("SET " + setting);
            }
        } catch (SQLException refused) {
            engine.close();
            throw refused;
        }
        return engine;
    }

    @Override
    public String name() {
        return "clickhouse";
    }

    @Override
    public void create(TableDefinition table) throws SQLException {
        process.time(
                table.createStatement()
                        + " ENGINE = MergeTree ORDER BY ("
                        + String.join(", ", table.sortKey())
                        + ") SETTINGS allow_nullable_key = 1");
    }

    @Override
    public void load(TableDefinition table, DataFiles.Location files) throws SQLException {
        process.time(
                "INSERT INTO "
                        + table.name()
                        + " SELECT * FROM file('"
                        + files.glob(table.name())
                        + "', Parquet)");
    }

    /// Merges run in the background, and begin some while after the parts they take.
    @Override
    public void settle() throws SQLException {
        int quietLooks = 0;
        for (int look = 0; look < MOST_LOOKS && quietLooks < QUIET_LOOKS; look++) {
            LockSupport.parkNanos(LOOK_NANOS);
            quietLooks = number("SELECT count() FROM system.merges") == 0 ? quietLooks + 1 : 0;
        }
    }

    @Override
    public Timing time(String sql) throws SQLException {
        return process.time(sql);
    }

    @Override
    public Answer read(String sql, Predicate<AnswerRow> wanted) throws SQLException {
        return TabSeparated.parse(process.read(sql), wanted);
    }

    @Override
    public String explain(String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (AnswerRow row : read("EXPLAIN indexes = 1 " + sql, row -> true).rows()) {
            text.append(row.cell(0)).append('\n');
        }
        return text.toString();
    }

    /// Without the parts that were merged into others: they stay for some minutes.
    @Override
    public long sizeBytes() throws SQLException {
        return number("SELECT sum(bytes_on_disk) FROM system.parts WHERE active");
    }

    @Override
    public void close() {
        process.close();
    }

    private long number(String sql) throws SQLException {
        Object cell = read(sql, row -> true).rows().getFirst().cell(0);
        return ((BigDecimal) Objects.requireNonNull(cell)).longValueExact();
    }
}
