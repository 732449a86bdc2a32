package io.basaltdb.benchmarks.small;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.ColumnType;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.engine.Engine;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;

/// The same rows, one a second, in a table sorted by their time and in one sorted by their site and then by time. The value of a row is its number.
///
/// @param rowCount of each table
public record SmallTables(long rowCount) {
    static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    static final String BY_TIME = "events_by_time";
    static final String BY_SITE = "events_by_site";
    static final int SITES = 100;
    static final int SECONDS_PER_HOUR = 3600;

    public SmallTables {
        if (rowCount <= SECONDS_PER_HOUR) {
            throw new IllegalArgumentException(
                    "more than " + SECONDS_PER_HOUR + " rows are needed, found " + rowCount);
        }
    }

    /// Makes both tables in an empty database.
    public void create(Engine engine) throws SQLException {
        create(engine, BY_TIME, List.of("ts"));
        create(engine, BY_SITE, List.of("site", "ts"));
        engine.settle();
    }

    private void create(Engine engine, String name, List<String> sortKey) throws SQLException {
        engine.create(
                new TableDefinition(
                        name,
                        List.of(
                                new ColumnDefinition("ts", ColumnType.TIMESTAMP),
                                new ColumnDefinition("site", ColumnType.INTEGER),
                                new ColumnDefinition("value", ColumnType.BIGINT)),
                        sortKey));
        try (Statement statement = engine.connection().createStatement()) {
            statement.execute(
                    "INSERT INTO "
                            + name
                            + " SELECT TIMESTAMP '2024-01-01 00:00:00' + n * INTERVAL '1' SECOND,"
                            + " CAST(n % "
                            + SITES
                            + " AS INTEGER), n FROM range(0, "
                            + rowCount
                            + ") AS r(n)");
        }
    }
}
