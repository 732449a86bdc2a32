package io.basaltdb.benchmarks.differential;

import io.basaltdb.benchmarks.differential.RandomTables.Column;
import io.basaltdb.benchmarks.differential.RandomTables.Kind;
import io.basaltdb.benchmarks.differential.RandomTables.Table;
import io.basaltdb.benchmarks.suite.BenchQuery;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// Random queries over `t0 a` with sub-queries that refer to its rows.
final class RandomSubQueries {
    private final Random random;
    private final Table outer;
    private final Table inner;
    private final RandomQueries queries;

    RandomSubQueries(Random random, List<Table> tables, RandomQueries queries) {
        this.random = random;
        this.outer = tables.get(0);
        this.inner = tables.get(1);
        this.queries = queries;
    }

    BenchQuery next() {
        String columns = "a.k AS c0, " + column("a", outer) + " AS c1, ";
        return switch (random.nextInt(6)) {
            case 0 -> queries.ordered("SELECT " + columns + scalar() + " AS c2 FROM t0 a", 3);
            case 1 ->
                    queries.ordered(
                            "SELECT "
                                    + columns
                                    + column("a", outer)
                                    + " AS c2 FROM t0 a WHERE "
                                    + condition(),
                            3);
            case 2 ->
                    queries.ordered(
                            "SELECT " + columns + "(" + condition() + ") AS c2 FROM t0 a", 3);
            case 3, 4 ->
                    queries.ordered(
                            "SELECT "
                                    + columns
                                    + "x.v AS c2 FROM t0 a "
                                    + pick("JOIN", "LEFT JOIN")
                                    + " LATERAL ("
                                    + lateral()
                                    + ") x ON TRUE",
                            3);
            default ->
                    queries.ordered(
                            "SELECT "
                                    + columns
                                    + "b.k AS c2 FROM t0 a "
                                    + pick("LEFT JOIN", "JOIN", "RIGHT JOIN")
                                    + " t1 b ON b.k "
                                    + pick("IN", "= ANY", "NOT IN")
                                    + " (SELECT c.k FROM t0 c WHERE "
                                    + link("c", "a")
                                    + " AND "
                                    + link("c", "b")
                                    + ")",
                            3);
        };
    }

    private String lateral() {
        return switch (random.nextInt(5)) {
            case 0, 1 ->
                    "SELECT " + column("b", inner) + " AS v FROM t1 b WHERE " + links() + limit();
            case 2 ->
                    "SELECT COUNT(*) AS v FROM t1 b WHERE "
                            + links()
                            + " GROUP BY "
                            + column("b", inner)
                            + pick("", " HAVING COUNT(*) > 1");
            case 3 ->
                    "SELECT b.k AS v FROM t1 b WHERE "
                            + links()
                            + pick(" UNION ", " UNION ALL ", " EXCEPT ")
                            + "SELECT a.k";
            default ->
                    "SELECT "
                            + pick("COUNT(*)", "MAX(b.k)")
                            + " AS v FROM t1 b "
                            + pick("LEFT JOIN", "JOIN")
                            + " t0 c ON "
                            + link("b", "a")
                            + " AND b.k = c.k";
        };
    }

    private String scalar() {
        return switch (random.nextInt(4)) {
            case 0 ->
                    "(SELECT "
                            + column("b", inner)
                            + " FROM t1 b WHERE "
                            + links()
                            + " ORDER BY "
                            + everything()
                            + " LIMIT 1"
                            + pick("", " OFFSET 1")
                            + ")";
            case 1 ->
                    "(SELECT COUNT(*) FROM t1 b WHERE "
                            + links()
                            + " AND b.k "
                            + pick("<", ">=", "=")
                            + " (SELECT MAX(c.k) FROM t0 c WHERE "
                            + link("c", "a")
                            + " AND "
                            + link("c", "b")
                            + "))";
            default ->
                    "(SELECT "
                            + pick(
                                    "COUNT(*)",
                                    "COUNT(b.k)",
                                    "MIN(b.k)",
                                    "MAX(b.k) + 1",
                                    "COALESCE(MAX(b.k), -7)",
                                    "SUM(CAST(b.k AS BIGINT))",
                                    "COUNT(DISTINCT b.k) * 2")
                            + " FROM t1 b WHERE "
                            + links()
                            + ")";
        };
    }

    private String condition() {
        String one =
                switch (random.nextInt(4)) {
                    case 0 -> "EXISTS (SELECT 1 FROM t1 b WHERE " + links() + ")";
                    case 1 -> "a.k IN (SELECT b.k FROM t1 b WHERE " + links() + ")";
                    case 2 -> "a.k NOT IN (SELECT b.k FROM t1 b WHERE " + links() + ")";
                    default -> "a.k " + pick("<", ">", "=") + " " + scalarOfInt();
                };
        return switch (random.nextInt(3)) {
            case 0 -> one;
            case 1 -> "NOT " + one;
            default -> one + pick(" OR ", " AND ") + column("a", outer) + " IS NOT NULL";
        };
    }

    private String scalarOfInt() {
        return "(SELECT " + pick("MIN(b.k)", "MAX(b.k)") + " FROM t1 b WHERE " + links() + ")";
    }

    private String limit() {
        return random.nextBoolean()
                ? ""
                : " ORDER BY " + everything() + " LIMIT " + (1 + random.nextInt(3));
    }

    /// An order that tells all rows of the inner table apart, but equal ones.
    private String everything() {
        return inner.columns().stream()
                .map(column -> "b." + column.name() + pick(" NULLS LAST", " DESC NULLS LAST"))
                .collect(Collectors.joining(", "));
    }

    private String links() {
        return link("b", "a") + (random.nextInt(3) == 0 ? " AND " + link("b", "a") : "");
    }

    private String link(String one, String other) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> one + ".k = " + other + ".k";
            case 2 -> {
                Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
                yield column(one, kind) + " IS NOT DISTINCT FROM " + column(other, kind);
            }
            case 3 -> one + ".k " + pick("<", ">", "<>") + " " + other + ".k";
            default -> {
                Kind kind = pickKind();
                yield column(one, kind) + " = " + column(other, kind);
            }
        };
    }

    private Kind pickKind() {
        Kind[] kinds = {Kind.LONG, Kind.MONEY, Kind.TEXT, Kind.DATE, Kind.FLAG};
        return kinds[random.nextInt(kinds.length)];
    }

    private static Table table(String alias, Table outer, Table inner) {
        return alias.equals("b") ? inner : outer;
    }

    private String column(String alias, Kind kind) {
        Table table = table(alias, outer, inner);
        for (Column column : table.columns()) {
            if (column.kind() == kind) {
                return alias + "." + column.name();
            }
        }
        throw new AssertionError(kind);
    }

    private String column(String alias, Table table) {
        return alias + "." + table.columns().get(random.nextInt(table.columns().size())).name();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
