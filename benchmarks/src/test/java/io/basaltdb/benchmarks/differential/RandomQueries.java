package io.basaltdb.benchmarks.differential;

import io.basaltdb.benchmarks.differential.RandomTables.Column;
import io.basaltdb.benchmarks.differential.RandomTables.Kind;
import io.basaltdb.benchmarks.differential.RandomTables.Table;
import io.basaltdb.benchmarks.suite.BenchQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Random queries over two tables. They stay where the engines agree by definition: no division, no sum of doubles, an
/// ORDER BY that says where nulls go.
final class RandomQueries {
    private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">="};
    private static final int MAX_DEPTH = 3;

    private final Random random;
    private final List<Table> tables;
    private final RandomSubQueries subQueries;
    private int number;

    RandomQueries(Random random, List<Table> tables) {
        this.random = random;
        this.tables = tables;
        this.subQueries = new RandomSubQueries(random, tables, this);
    }

    BenchQuery next() {
        if (random.nextInt(5) == 0) {
            return subQueries.next();
        }
        boolean join = random.nextInt(3) == 0;
        List<Column> columns = new ArrayList<>(tables.get(0).columns());
        String from = "t0";
        if (join) {
            String kind = pick("JOIN", "LEFT JOIN");
            from = "t0 " + kind + " t1 ON t0.k = t1.k";
            columns.removeFirst();
            columns.addAll(tables.get(1).columns().subList(1, tables.get(1).columns().size()));
            columns.add(new Column("t0.k", Kind.INT));
        }
        String where = random.nextInt(4) == 0 ? "" : " WHERE " + condition(columns, MAX_DEPTH);
        if (random.nextInt(4) == 0) {
            return windows(columns, from, where);
        }
        return random.nextInt(2) == 0
                ? aggregate(columns, from, where)
                : project(columns, from, where);
    }

    private BenchQuery project(List<Column> columns, String from, String where) {
        List<String> items = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            items.add(value(columns) + " AS c" + i);
        }
        String distinct = random.nextInt(5) == 0 ? "DISTINCT " : "";
        String body = "SELECT " + distinct + String.join(", ", items) + " FROM " + from + where;
        return ordered(body, count);
    }

    private BenchQuery aggregate(List<Column> columns, String from, String where) {
        List<String> items = new ArrayList<>();
        int groups = random.nextInt(3);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            String key = pick(columns).name();
            if (!keys.contains(key)) {
                keys.add(key);
                items.add(key + " AS c" + items.size());
            }
        }
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            items.add(aggregateCall(columns) + " AS c" + items.size());
        }
        String body = "SELECT " + String.join(", ", items) + " FROM " + from + where;
        if (!keys.isEmpty()) {
            body += " GROUP BY " + String.join(", ", keys);
            if (random.nextInt(3) == 0) {
                body += " HAVING COUNT(*) > " + random.nextInt(4);
            }
        }
        return ordered(body, items.size());
    }

    /// Calls whose answers the order determines: of those that tell peers apart the order is that of all columns.
    private BenchQuery windows(List<Column> columns, String from, String where) {
        String everything =
                columns.stream()
                        .map(column -> column.name() + pick(" NULLS LAST", " DESC NULLS LAST"))
                        .collect(Collectors.joining(", "));
        List<String> items = new ArrayList<>();
        items.add(pick(columns).name() + " AS c0");
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String partition =
                    random.nextBoolean() ? "PARTITION BY " + pick(columns).name() + " " : "";
            boolean rows = random.nextBoolean();
            String order = rows ? everything : pick(columns).name() + " NULLS LAST";
            String frame =
                    rows
                            ? " ROWS BETWEEN " + bounds() + exclusion()
                            : pick("", " GROUPS BETWEEN " + bounds());
            boolean framed = random.nextInt(3) > 0;
            String call =
                    framed
                            ? aggregateOver(columns)
                            : rows
                                    ? placeByRow(columns)
                                    : pick("RANK()", "DENSE_RANK()", "CUME_DIST()");
            items.add(
                    call
                            + " OVER ("
                            + partition
                            + "ORDER BY "
                            + order
                            + (framed ? frame : "")
                            + ") AS c"
                            + items.size());
        }
        String body = "SELECT " + String.join(", ", items) + " FROM " + from + where;
        return ordered(body, items.size());
    }

    private String placeByRow(List<Column> columns) {
        String argument = pick(columns).name();
        return pick(
                "ROW_NUMBER()",
                "NTILE(3)",
                "LAG(" + argument + ")",
                "LEAD(" + argument + ", 2)",
                "LAG(" + argument + ", 1)",
                "FIRST_VALUE(" + argument + ")",
                "LAST_VALUE(" + argument + ")");
    }

    private String aggregateOver(List<Column> columns) {
        Column column = pick(columns);
        return switch (random.nextInt(5)) {
            case 0 -> "COUNT(*)";
            case 1 -> "COUNT(" + column.name() + ")";
            case 2 -> "SUM(" + number(columns) + ")";
            case 3 -> (column.kind() == Kind.FLAG ? "COUNT(" : "MIN(") + column.name() + ")";
            default -> (column.kind() == Kind.FLAG ? "COUNT(" : "MAX(") + column.name() + ")";
        };
    }

    private String bounds() {
        return pick("UNBOUNDED PRECEDING", "3 PRECEDING", "1 PRECEDING", "CURRENT ROW")
                + " AND "
                + pick("CURRENT ROW", "2 FOLLOWING", "UNBOUNDED FOLLOWING");
    }

    private String exclusion() {
        return pick("", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES");
    }

    /// The body's columns are called `c0`, `c1` and so on.
    BenchQuery ordered(String body, int columns) {
        String name = "random" + number++;
        int mode = random.nextInt(3);
        if (mode == 0) {
            return new BenchQuery(name, body, "", List.of());
        }
        List<String> order =
                IntStream.range(0, mode == 1 ? columns : 1).mapToObj(i -> "c" + i).toList();
        String sorted =
                order.stream()
                        .map(column -> column + pick("", " DESC") + " NULLS LAST")
                        .collect(Collectors.joining(", "));
        String limit =
                random.nextBoolean()
                        ? ""
                        : "LIMIT "
                                + (1 + random.nextInt(20))
                                + (random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(10) : "");
        return new BenchQuery(name, body + " ORDER BY " + sorted, limit, order);
    }

    private String aggregateCall(List<Column> columns) {
        String call = plainCall(columns);
        return random.nextInt(5) == 0
                ? call + " FILTER (WHERE " + condition(columns, 1) + ")"
                : call;
    }

    private String plainCall(List<Column> columns) {
        return random.nextBoolean() ? commonCall(columns) : rarerCall(columns);
    }

    /// Aggregates whose answers do not depend on how ties are broken.
    private String rarerCall(List<Column> columns) {
        Column column = pick(columns);
        String name = column.name();
        String distinct = pick("", "", "DISTINCT ");
        String fraction = pick("0", "0.1", "0.25", "0.5", "0.9", "1");
        return switch (column.kind()) {
            case TEXT ->
                    switch (random.nextInt(3)) {
                        case 0 ->
                                "STRING_AGG("
                                        + distinct
                                        + name
                                        + ", '"
                                        + pick(",", "", " | ")
                                        + "' ORDER BY "
                                        + name
                                        + pick("", " DESC")
                                        + ")";
                        case 1 -> "QUANTILE_DISC(" + name + ", " + fraction + ")";
                        default -> "COUNT(DISTINCT " + name + ")";
                    };
            case INT, LONG ->
                    switch (random.nextInt(4)) {
                        case 0 -> pick("BIT_AND(", "BIT_OR(", "BIT_XOR(") + name + ")";
                        case 1 -> "QUANTILE_DISC(" + distinct + name + ", " + fraction + ")";
                        case 2 -> "MEDIAN(CAST(" + name + " AS DOUBLE))";
                        default ->
                                "QUANTILE_CONT(CAST("
                                        + name
                                        + " AS DOUBLE), "
                                        + pick("0", "0.25", "0.5", "1")
                                        + ")";
                    };
            case FLAG -> pick("BOOL_AND(", "BOOL_OR(") + name + ")";
            case UUID, TIME, BYTES -> "COUNT(DISTINCT " + name + ")";
            case DATE, MONEY -> "QUANTILE_DISC(" + name + ", " + fraction + ")";
        };
    }

    private String commonCall(List<Column> columns) {
        Column column = pick(columns);
        return switch (random.nextInt(6)) {
            case 0 -> "COUNT(*)";
            case 1 -> "COUNT(" + column.name() + ")";
            case 2 -> "COUNT(DISTINCT " + column.name() + ")";
            case 3 -> "SUM(" + number(columns) + ")";
            case 4 -> (column.kind() == Kind.FLAG ? "COUNT(" : "MIN(") + column.name() + ")";
            default -> (column.kind() == Kind.FLAG ? "COUNT(" : "MAX(") + column.name() + ")";
        };
    }

    private String value(List<Column> columns) {
        return switch (random.nextInt(6)) {
            case 0 -> "COALESCE(" + number(columns) + ", 0)";
            case 1 ->
                    "CASE WHEN "
                            + condition(columns, 1)
                            + " THEN "
                            + number(columns)
                            + " ELSE 0 END";
            default -> pick(columns).name();
        };
    }

    /// An expression over BIGINT or money that cannot overflow.
    private String number(List<Column> columns) {
        List<Column> numeric =
                columns.stream()
                        .filter(c -> c.kind() == Kind.INT || c.kind() == Kind.LONG)
                        .toList();
        List<Column> money = columns.stream().filter(c -> c.kind() == Kind.MONEY).toList();
        if (random.nextInt(4) == 0) {
            return pick(money).name();
        }
        String column = "CAST(" + pick(numeric).name() + " AS BIGINT)";
        return switch (random.nextInt(3)) {
            case 0 -> "(" + column + " + " + random.nextInt(100) + ")";
            case 1 -> "(" + column + " * " + (random.nextInt(7) - 3) + ")";
            default -> column;
        };
    }

    private String condition(List<Column> columns, int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            String left = condition(columns, depth - 1);
            String right = condition(columns, depth - 1);
            return switch (random.nextInt(3)) {
                case 0 -> "(" + left + " AND " + right + ")";
                case 1 -> "(" + left + " OR " + right + ")";
                default -> "(NOT " + left + ")";
            };
        }
        Column column = pick(columns);
        return switch (random.nextInt(5)) {
            case 0 -> column.name() + pick(" IS NULL", " IS NOT NULL");
            case 1 ->
                    column.name()
                            + " IN ("
                            + literal(column.kind())
                            + ", "
                            + literal(column.kind())
                            + ")";
            case 2 ->
                    column.kind() == Kind.TEXT
                            ? column.name() + " LIKE '" + pick("a%", "%b%", "_", "%1", "%") + "'"
                            : column.name() + " = " + literal(column.kind());
            case 3 ->
                    column.name()
                            + " BETWEEN "
                            + literal(column.kind())
                            + " AND "
                            + literal(column.kind());
            default -> column.name() + " " + pick(COMPARISONS) + " " + literal(column.kind());
        };
    }

    private String literal(Kind kind) {
        int drawn = random.nextInt(200);
        return switch (kind) {
            case INT -> (drawn * 7 - 50) + pick("", "", "", "e0", ".5e0");
            case LONG -> Long.toString(drawn * 10_000_000_019L - 7);
            case MONEY -> "CAST('" + (drawn - 20) + ".25' AS DECIMAL(12,2))";
            case TEXT -> "'" + pick("a", "A", "ab", "abc7", "ä", "") + "'";
            case DATE -> "DATE '2024-0" + (1 + drawn % 9) + "-15'";
            case FLAG -> pick("TRUE", "FALSE");
            case UUID -> "CAST('" + RandomTables.uuid(drawn) + "' AS UUID)";
            case TIME -> "TIME '0" + drawn % 4 + ":" + (10 + drawn % 50) + ":01'";
            case BYTES -> "CAST('" + pick("M", "a", "z", "") + "' AS BLOB)";
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Column pick(List<Column> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
