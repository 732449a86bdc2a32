package io.basaltdb.benchmarks.scaling;

import io.basaltdb.benchmarks.engine.Engine;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What grows in the database, table by table. A table of size n is made with [#create] and asked [#queries].
public enum Axis {
    /// Rows of one table.
    ROWS(LongStream.of(1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000)) {
        @Override
        List<String> statements(long size) {
            return readings(size, "");
        }

        @Override
        Map<String, String> queries(long size) {
            return READING_QUERIES;
        }
    },

    /// Parts of a table of ten million rows; for engines without parts the same rows as they are.
    PARTS(LongStream.of(1, 10, 100, 1_000)) {
        @Override
        List<String> statements(long size) {
            return readings(PART_ROWS, " PARTITION BY (bucket)").stream()
                    .map(statement ->
                            statement
                                    .replace("(ts ", "(bucket INTEGER, ts ")
                                    .replace(
                                            "SELECT ",
                                            "SELECT CAST(n % " + size + " AS INTEGER), "))
                    .toList();
        }

        @Override
        Map<String, String> queries(long size) {
            return READING_QUERIES;
        }
    },

    /// Columns of a table of a million rows.
    COLUMNS(LongStream.of(10, 30, 100, 300)) {
        @Override
        List<String> statements(long size) {
            String columns =
                    LongStream.range(0, size)
                            .mapToObj(column -> "c" + column + " BIGINT")
                            .collect(Collectors.joining(", "));
            String values =
                    LongStream.range(0, size)
                            .mapToObj(column -> "n * " + (column + 1) + " % 1000003")
                            .collect(Collectors.joining(", "));
            return List.of(
                    "CREATE TABLE readings (" + columns + ")",
                    "INSERT INTO readings SELECT " + values + " FROM range(0, 1000000) AS r(n)");
        }

        @Override
        Map<String, String> queries(long size) {
            Map<String, String> queries = new LinkedHashMap<>();
            queries.put("one column", "SELECT sum(c5) FROM readings");
            queries.put(
                    "all columns",
                    "SELECT "
                            + LongStream.range(0, size)
                                    .mapToObj(column -> "sum(c" + column + ")")
                                    .collect(Collectors.joining(", "))
                            + " FROM readings");
            queries.put("a whole row", "SELECT * FROM readings WHERE c0 = 777777");
            return queries;
        }
    };

    static final long PART_ROWS = 10_000_000;

    private static final Map<String, String> READING_QUERIES = readingQueries();

    @SuppressWarnings("ImmutableEnumChecker") // made by toList
    private final List<Long> sizes;

    Axis(LongStream sizes) {
        this.sizes = sizes.boxed().toList();
    }

    /// The sizes to measure, the smallest first.
    public List<Long> sizes() {
        return sizes;
    }

    /// As it stands in output.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Makes the table of that size in an empty database, and waits until the engine is quiet.
    public void create(Engine engine, long size) throws SQLException {
        try (Statement statement = engine.connection().createStatement()) {
            for (String sql : statements(size)) {
                statement.execute(
                        engine.name().equals("basalt")
                                ? sql
                                : sql.replaceAll(" (PARTITION|ORDER) BY \\(\\w+\\)", ""));
            }
        }
        engine.settle();
    }

    abstract List<String> statements(long size);

    /// Queries by name.
    abstract Map<String, String> queries(long size);

    private static List<String> readings(long rows, String clause) {
        return List.of(
                "CREATE TABLE readings (ts BIGINT NOT NULL, site INTEGER, visitor BIGINT, reading DOUBLE, page VARCHAR)"
                        + clause
                        + " ORDER BY (ts)",
                "INSERT INTO readings SELECT n, CAST(n % 1009 AS INTEGER), n * 7919 % 2000003, n % 99991 / 8e0,"
                        + " '/shop/' || CAST(n * 31 % 50021 AS VARCHAR) FROM range(0, "
                        + rows
                        + ") AS r(n)");
    }

    private static Map<String, String> readingQueries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("scan", "SELECT sum(visitor), sum(reading) FROM readings");
        queries.put(
                "few groups", "SELECT site, count(*), avg(reading) FROM readings GROUP BY site");
        queries.put(
                "many groups",
                "SELECT visitor, count(*) AS n FROM readings GROUP BY visitor ORDER BY n DESC, visitor LIMIT 10");
        queries.put(
                "text groups",
                "SELECT page, count(*) AS n FROM readings GROUP BY page ORDER BY n DESC, page LIMIT 10");
        queries.put(
                "texts and numbers",
                "SELECT visitor, page, count(*) AS n FROM readings GROUP BY visitor, page ORDER BY n DESC, visitor, page LIMIT 10");
        queries.put("texts", "SELECT count(*) FROM readings WHERE page LIKE '%77%1%'");
        queries.put("top", "SELECT ts, reading FROM readings ORDER BY reading DESC, ts LIMIT 10");
        return queries;
    }
}
