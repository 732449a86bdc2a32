package io.basaltdb.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.optimizer.Optimizer;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.PlanPrinter;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From text to plan, over tables without rows.
final class PlanningTest {
    static final Clock STOPPED =
            new Clock() {
                @Override
                public long wallMicros() {
                    return 0;
                }

                @Override
                public long monotonicNanos() {
                    return 0;
                }
            };

    private static final SqlFrontEnd FRONT_END = new SqlFrontEnd(STOPPED, 2);
    private static final TestCatalog TPCH = TestCatalog.tpch();
    private static final TestCatalog SMALL =
            new TestCatalog()
                    .create(
                            """
                            CREATE TABLE t (a INTEGER NOT NULL, b BIGINT, s TEXT, d DATE, ts TIMESTAMP, p DECIMAL(10,2), x DOUBLE, ok BOOLEAN);
                            CREATE TABLE u (a INTEGER, b BIGINT NOT NULL, s TEXT);
                            CREATE TABLE def (id BIGINT NOT NULL, name TEXT DEFAULT 'none', made DATE DEFAULT CURRENT_DATE, n INTEGER);
                            CREATE VIEW v AS SELECT a, b + 1 AS b1, s FROM t WHERE a > 0;
                            CREATE VIEW vv AS SELECT a FROM v WHERE s = 'x';\
                            """);

    @AfterAll
    static void close() {
        FRONT_END.close();
    }

    private static PlannedQuery plan(String sql, Optimizer.Effort effort, CatalogView catalog) {
        @Nullable PlannedQuery planned =
                FRONT_END
                        .prepare(
                                sql,
                                catalog,
                                new PlanSettings("main", effort, 500, Map.of()),
                                FRONT_END.sharedPlans(),
                                true,
                                () -> false)
                        .planned();
        if (planned == null) {
            throw new AssertionError("no plan: " + sql);
        }
        return planned;
    }

    private static String printed(String sql) {
        return PlanPrinter.print(plan(sql, Optimizer.Effort.FULL, SMALL).plan());
    }

    private static BasaltException failure(String sql) {
        return assertThrows(BasaltException.class, () -> plan(sql, Optimizer.Effort.FULL, SMALL));
    }

    @Test
    void plansTpchWhollyInBothWays() {
        Map<String, String> queries = TestCatalog.queries("/io/basaltdb/query/tpch/queries.sql");
        assertEquals(22, queries.size());
        StringBuilder printed = new StringBuilder();
        queries.forEach((name, sql) -> {
            PlannedQuery full = plan(sql, Optimizer.Effort.FULL, TPCH);
            PlannedQuery naive = plan(sql, Optimizer.Effort.NAIVE, TPCH);
            assertEquals(full.columns(), naive.columns(), name);
            checkShape(full.plan());
            checkShape(naive.plan());
            printed.append("-- ").append(name).append('\n').append(PlanPrinter.print(full.plan()));
        });
        Golden.check("/io/basaltdb/query/tpch/plans.txt", printed.toString());
    }

    @Test
    void plansHitsWholly() {
        TestCatalog hits =
                new TestCatalog()
                        .create(TestCatalog.resource("/io/basaltdb/query/hits/schema.sql"));
        Map<String, String> queries = TestCatalog.queries("/io/basaltdb/query/hits/queries.sql");
        assertEquals(43, queries.size());
        StringBuilder printed = new StringBuilder();
        queries.forEach((name, sql) -> {
            PlannedQuery full = plan(sql, Optimizer.Effort.FULL, hits);
            PlannedQuery naive = plan(sql, Optimizer.Effort.NAIVE, hits);
            assertEquals(full.columns(), naive.columns(), name);
            checkShape(full.plan());
            checkShape(naive.plan());
            printed.append("-- ").append(name).append('\n').append(PlanPrinter.print(full.plan()));
        });
        Golden.check("/io/basaltdb/query/hits/plans.txt", printed.toString());
    }

    @Test
    void computesGroupKeysThatFollowFromOthersBehindTheGrouping() {
        assertEquals(
                """
                Project a, a - 1 AS a1, 'x' AS k, n
                  Aggregate by a: count(*)  ~100 rows
                    Scan main.t [a]  ~1000 rows
                """,
                printed(
                        "select a, a - 1 as a1, 'x' as k, count(*) as n from t group by a, a - 1, 'x'"));
    }

    /// A product only where nothing ties the relations together, and then of what is already joined.
    @ParameterizedTest
    @CsvSource({"9, 0", "40, 0", "63, 0", "64, 0", "150, 0", "63, 1", "100, 3"})
    void joinsManyRelationsAlongTheirEqualities(int count, int cuts) {
        StringBuilder from = new StringBuilder("select count(*) from t t0");
        StringBuilder where = new StringBuilder(" where t0.b = 7");
        for (int i = 1; i < count; i++) {
            from.append(", t t").append(i);
        }
        // Every relation is tied to the one at half its number, so that the graph is a tree, in an
        // order that begins far apart.
        for (int i = count - 1; i > cuts; i--) {
            int tied = Math.max(i / 2, Math.min(i - 1, cuts));
            where.append(" and t%d.a = t%d.b".formatted(i, tied));
        }
        String plan = printed(from.append(where).toString());
        assertEquals(cuts, count(plan, "NestedLoopJoin") + count(plan, "CROSS"), plan);
        assertEquals(count - 1 - cuts, count(plan, "HashJoin"), plan);
    }

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    @Test
    void joinsAlongEqualitiesWithoutTime() {
        String plan =
                PlanPrinter.print(
                        FRONT_END
                                .prepare(
                                        "select 1 from t x, u y, t z where x.a = z.a and z.b = y.b and x.b = 8",
                                        SMALL,
                                        new PlanSettings(
                                                "main", Optimizer.Effort.FULL, -1, Map.of()),
                                        null,
                                        false,
                                        () -> false)
                                .planned()
                                .plan());
        assertEquals(2, count(plan, "HashJoin"), plan);
    }

    @Test
    void ordersJoinsThroughOuterJoinsThatBecameInner() {
        assertEquals(
                """
                Project d
                  HashJoin INNER on b = b  ~100 rows
                    Scan main.t [b, d]  ~1000 rows
                    Project b
                      HashJoin INNER on a = a  ~10 rows
                        Scan main.t [a] s in {'r'}  ~10 rows
                        Scan main.u [a, b] s in {'q'}  ~10 rows
                """,
                printed(
                        "select x.d from t x left join u y on x.b = y.b join t z on z.a = y.a where y.s = 'q' and z.s = 'r'"));
    }

    @Test
    void plansSetOperationsAndGroupingSets() {
        String intersect = printed("select a from t intersect select a from u");
        assertTrue(intersect.contains("Filter (mark0 > 0) AND (mark1 > 0)"), intersect);
        String except = printed("select a from t except select a from u");
        assertTrue(except.contains("Filter (mark0 > 0) AND (mark1 = 0)"), except);
        assertTrue(printed("select a from t union select a from u").startsWith("Aggregate by a"));
        String rollup = printed("select a, s, sum(b), grouping(s) from t group by rollup(a, s)");
        assertEquals(3, rollup.split("Aggregate", -1).length - 1, rollup);
    }

    /// What every plan keeps: column types of joined keys agree, outputs fit their inputs.
    private static void checkShape(PlanNode node) {
        node.inputs().forEach(PlanningTest::checkShape);
        switch (node) {
            case PlanNode.HashJoin join -> {
                for (int i = 0; i < join.leftKeys().size(); i++) {
                    assertEquals(
                            join.left().output().type(join.leftKeys().get(i)),
                            join.right().output().type(join.rightKeys().get(i)));
                }
                int left = join.kind().givesRightColumnsOnly() ? 0 : join.left().output().size();
                boolean givesRight = left == 0 || join.kind().givesPairs();
                int right = givesRight ? join.right().output().size() : 0;
                assertEquals(left + right, join.output().size());
            }
            case PlanNode.Project project -> {
                assertEquals(project.expressions().size(), project.output().size());
                for (int i = 0; i < project.expressions().size(); i++) {
                    assertEquals(project.expressions().get(i).type(), project.output().type(i));
                }
            }
            case PlanNode.UnionAll union ->
                    union.inputs()
                            .forEach(input ->
                                    assertEquals(types(union.output()), types(input.output())));
            case PlanNode.Scan scan -> assertEquals(scan.columns().size(), scan.output().size());
            default -> {}
        }
    }

    private static List<Type> types(Schema schema) {
        return schema.fields().stream().map(Field::type).toList();
    }

    @Test
    void sharesSortsAmongWindows() {
        assertEquals(
                """
                Project a, w8 AS r, w9 AS n
                  Window by s order a: rank(), row_number()
                    Scan main.t [a, s]  ~1000 rows
                """,
                printed(
                        "select a, rank() over (partition by s order by a) r, row_number() over (partition by s order by a) n from t"));
        String cut =
                printed(
                        "select * from (select a, s, count(*) over (partition by s) n, lag(a, 2) over (partition by s order by a) l from t) where s = 'x'");
        assertTrue(cut.contains("Window by s order a: count() of partition, lag(a, 2)\n"), cut);
        assertTrue(cut.contains("Scan main.t [a, s] s in {'x'}"), cut);
        String unused = printed("select a from (select a, max(b) over (partition by s) m from t)");
        assertFalse(unused.contains("Window"), unused);
    }

    @Test
    void readsOnlyWhatIsNeeded() {
        assertEquals(
                """
                Aggregate count(*)  ~1 rows
                  Scan main.t []  ~1000 rows
                """,
                printed("select count(*) from t"));
        assertEquals(
                """
                Aggregate by s: sum(b)  ~100 rows
                  Scan main.t [b, s] a in {(5 …)}  ~300 rows
                """,
                printed("select s, sum(b) from t where a > 5 group by s"));
        assertEquals(
                """
                Scan main.t [s] d in {DATE '2020-01-01'} where b = CAST(a AS BIGINT)  ~1 rows
                """,
                printed("select s from t where d = '2020-01-01' and b = a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a < 5.5|a in {(… 5]}",
                "a = 5.0|a in {5}",
                "p >= 3|p in {[3.00 …)}",
                "p > 3.999|p in {(3.99 …)}",
                "d < timestamp '2020-01-02 12:00:00'|d in {(… DATE '2020-01-02']}",
                "d >= date '2020-01-01' - interval '1' month|d in {[DATE '2019-12-01' …)}",
                "d < '2020-01-01'|d in {(… DATE '2020-01-01')}",
                "ts >= '2020-01-01'|ts in {[TIMESTAMP '2020-01-01 00:00:00' …)}",
                "a in (3, 1, 2, 1)|a in {1, 2, 3}",
                "a not in (3, 1)|a in {(… 1), (1 … 3), (3 …)}",
                "a between 2 and 4|a in {[2 … 4]}",
                "s in ('x', 'y')|s in {'x', 'y'}",
                "s is null|s in {NULL}",
                "s is not null|s in {(…)}",
                "a = 1 or a = 3 or a > 7|a in {1, 3, (7 …)}",
                "5 > a and 3 <= a|a in {[3 … 5)}",
                "ok|ok in {TRUE}",
                "not ok|ok in {FALSE}",
                "x in (0.5, 1)|x in {0.5, 1.0}",
            })
    void turnsPredicatesOnColumnsIntoRanges(String predicate, String ranges) {
        String plan = printed("select b from t where " + predicate);
        assertTrue(plan.contains(" [b] " + ranges + "  ~"), plan);
    }

    @Test
    void makesSemiAndAntiJoins() {
        assertTrue(
                printed("select a from t where exists (select 1 from u where u.b = t.b)")
                        .contains("HashJoin SEMI on b = b"));
        assertTrue(
                printed(
                                "select a from t where not exists (select 1 from u where u.b = t.b and u.a <> t.a)")
                        .contains("HashJoin ANTI on b = b where a <> a"));
        assertTrue(
                printed("select a from t where b in (select b from u)")
                        .contains("HashJoin SEMI on b = b"));
        assertTrue(
                printed("select b from t where a not in (select b from u)")
                        .contains("HashJoin ANTI on"));
        assertTrue(
                printed("select b from t where b not in (select b from u)")
                        .contains("HashJoin NULL_AWARE_ANTI on b = b"));
        assertTrue(
                printed("select b from t where a not in (select a from u where u.s = t.s)")
                        .contains("HashJoin ANTI on s = s where"));
    }

    @Test
    void neverMovesWhatCanFailBelowWhatGuardsIt() {
        String guarded =
                printed("select * from (select a, b from t where b <> 0) q where 10 / b > 1");
        assertTrue(guarded.startsWith("Filter (10 / b) > 1"), guarded);
        String joined = printed("select t.a from t join u on t.b = u.b where 10 / t.a > 1");
        assertTrue(
                joined.contains("Filter (10 / a) > 1")
                        && joined.indexOf("Filter") < joined.indexOf("HashJoin"),
                joined);
        String limited = printed("select * from (select a from t limit 5) q where a > 1");
        assertTrue(limited.indexOf("Filter a > 1") < limited.indexOf("Limit 5"), limited);
        String dropped = printed("select a from (select a, 10 / b as c from t) q");
        assertTrue(dropped.contains("10 / b"), dropped);
    }

    @Test
    void turnsOuterJoinsIntoInnerOnes() {
        assertTrue(
                printed("select t.a from t left join u on t.b = u.b where u.s = 'x'")
                        .contains("HashJoin INNER"));
        String kept =
                printed(
                        "select t.a, u.s from t left join u on t.b = u.b and u.a > 3 where t.a > 1");
        assertTrue(kept.contains("LEFT") || kept.contains("RIGHT"), kept);
        assertTrue(kept.contains("a in {(3 …)}") && kept.contains("a in {(1 …)}"), kept);
    }

    @Test
    void inlinesViews() {
        assertEquals(
                """
                Project a
                  Project a, b + 1 AS b1
                    Scan main.t [a, b] a in {(0 …)} s in {'x'}  ~3 rows
                """,
                printed("select * from vv"));
        assertEquals(ErrorCode.UNDEFINED_COLUMN, failure("select nope from vv").code());
    }

    @Test
    void findsTablesByEveryName() {
        for (String name : List.of("t", "T", "main.t", "basalt.main.t", "\"t\"", "`t`")) {
            assertEquals("Scan main.t [a]  ~1000 rows\n", printed("select a from " + name));
        }
        assertEquals(
                "Scan read_parquet('x/*.parquet') [s]  ~100 rows\n",
                printed("select s from 'x/*.parquet'"));
        assertEquals(
                "Scan read_csv('a.csv', 'header=false') [s]  ~100 rows\n",
                printed("select s from read_csv('a.csv', header => false)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select nope from t|42703|1:8|There is no column nope",
                "select * from nope|42P01|1:15|There is no table nope",
                "select a from t join u on t.b = u.b|42702|1:8|Column a is in more than one table",
                "select nosuch(a) from t|42883|1:8|There is no function nosuch",
                "select a, count(*) from t|42803|1:8|a must stand in GROUP BY",
                "select s + 1 from t|42804|1:8|",
                "select a from t where s|42804|1:23|",
                "select sum(count(*)) from t|42803|1:8|",
                "select * from t, 'x.orc'|58P01|0:0|There is no file x.orc",
                "insert into nope values (1)|42P01|0:0|There is no table nope",
                "insert into v values (1)|42809|0:0|v is a view",
                "insert into u (a, nope) values (1, 2)|42703|0:0|There is no column nope",
                "insert into u (a, b) values (1)|42601|1:29|INSERT has 2 columns, but this row has 1 values",
                "select lag(a, b) over (order by a) from t|0A000|0:0|Argument 2 of lag must be a whole number",
                "select ntile(0) over (order by a) from t|22023|0:0|The number of parts of ntile must be at least 1",
            })
    void explainsMistakes(String sql, String state, String place, String message) {
        BasaltException e = failure(sql);
        assertEquals(state, e.code().sqlState(), e.text());
        assertEquals(place, e.line() + ":" + e.column(), e.text());
        assertTrue(e.text().startsWith(message == null ? "" : message), e.text());
        assertTrue(!e.text().contains("calcite") && !e.text().contains("Exception"), e.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a + a~INTEGER",
                "a + b~BIGINT",
                "a / 2~INTEGER",
                "p * p~DECIMAL(20, 4)",
                "p / 3~DOUBLE",
                "x / 2~DOUBLE",
                "sum(a)~BIGINT",
                "sum(b)~DECIMAL(38, 0)",
                "sum(p)~DECIMAL(38, 2)",
                "avg(a)~DOUBLE",
                "avg(p)~DOUBLE",
                "count(*)~BIGINT",
                "d + 1~DATE",
                "d - d~INTEGER",
                "d + interval '1' day~TIMESTAMP",
                "ts - interval '1 hour'~TIMESTAMP",
                "s || a~TEXT",
                "case when ok then 'a' else 'bcd' end~TEXT",
                "extract(year from d)~BIGINT",
                "date_trunc('month', ts)~TIMESTAMP",
                "date_trunc('month', d)~DATE",
                "coalesce(a, 1.5)~DECIMAL(11, 1)",
                "1.0~DECIMAL(2, 1)",
                "a::text~TEXT",
                "cast(a as int8)~BIGINT",
                "cast(s as float4)~REAL",
                "now()~TIMESTAMP WITH TIME ZONE",
                "current_date~DATE",
                "substring(s from 2 for 3)~TEXT",
                "position('x' in s)~INTEGER",
                "trim(s)~TEXT",
                "s like 'x%'~BOOLEAN",
                "s ilike 'x%'~BOOLEAN",
                "floor(x)~DOUBLE",
                "floor(ts to hour)~TIMESTAMP",
                "nullif(a, 0)~INTEGER",
                "a % 2~INTEGER",
                "-p~DECIMAL(10, 2)",
                "greatest(a, b)~BIGINT",
                "if(ok, 1, 2)~INTEGER",
                "count(distinct s)~BIGINT",
                "countIf(a > 1)~BIGINT",
                "stddev(a)~DOUBLE",
                "arg_max(s, a)~TEXT",
                "'1' || NULL~TEXT"
            })
    void derivesTypes(String expression, String type) {
        PlannedQuery planned =
                plan("select " + expression + " as c from t", Optimizer.Effort.FULL, SMALL);
        assertEquals(type, planned.columns().type(0).sql());
        assertEquals(type, planned.plan().output().type(0).sql());
    }

    @Test
    void infersParameters() {
        PlannedQuery planned =
                plan("select a from t where b = ? and s = ? limit ?", Optimizer.Effort.FULL, SMALL);
        assertEquals(3, planned.parameters().size());
        PlannedQuery numbered =
                plan(
                        "select a from t where a = $2 and s = $1 and a < $2",
                        Optimizer.Effort.FULL,
                        SMALL);
        assertEquals(List.of(Type.TEXT, Type.INTEGER), numbered.parameters());
        PlannedQuery insert =
                plan("insert into t (a, s, p) values (?, ?, ?)", Optimizer.Effort.FULL, SMALL);
        assertEquals(
                List.of(Type.INTEGER, Type.TEXT, new Type.Decimal(10, 2)), insert.parameters());
    }

    @Test
    void plansInserts() {
        assertEquals(
                """
                Insert into main.u
                  Project CAST(value1 AS INTEGER) AS a, CAST(value2 AS BIGINT) AS b, value3 AS s
                    Values 3 rows
                """
                        .replace("CAST(value1 AS INTEGER) AS a", "value1 AS a"),
                printed("insert into u values (1, 2, 'x'), (-5, 7, NULL), (3, -1, 'y')"));
        String defaults = printed("insert into def (id) select b from u");
        assertTrue(defaults.contains("'none' AS name, CURRENT_DATE AS made, NULL AS n"), defaults);
        String some = printed("insert into def values (1, DEFAULT, DEFAULT, 4)");
        assertTrue(some.contains("'none'") && some.contains("CURRENT_DATE"), some);
        String nothing = printed("insert into def default values");
        assertTrue(nothing.contains("Rows (NULL, 'none', CURRENT_DATE, NULL)"), nothing);
    }

    @Test
    void plansLongListsFast() {
        String list =
                IntStream.range(0, 20_000)
                        .map(i -> i * 7)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        String plan = printed("select b from t where a in (" + list + ")");
        assertTrue(plan.contains("… 19992 more"), plan);
    }

    @Test
    void plansDeepAndLongStatements() {
        printed("select " + "(".repeat(1000) + "a" + ")".repeat(1000) + " from t");
        printed("select " + "a+".repeat(1000) + "a from t");
        printed(
                "select a from t where "
                        + IntStream.range(0, 1000)
                                .mapToObj(i -> "b = " + i)
                                .collect(Collectors.joining(" or ")));
        printed(
                IntStream.range(0, 1000)
                        .mapToObj(i -> "select a from t")
                        .collect(Collectors.joining(" union all ")));
    }

    @Test
    void refusesWhatIsTooDeepWithoutNamesOfClasses() {
        List<String> sqls = new ArrayList<>();
        sqls.add("select " + "(".repeat(20_000) + "1" + ")".repeat(20_000));
        sqls.add("select " + "- ".repeat(200_000) + "1");
        sqls.add("select " + "1+".repeat(300_000) + "1");
        for (String sql : sqls) {
            BasaltException e = failure(sql);
            assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, e.code(), e.text());
        }
    }

    @Test
    void keepsPlansUntilDefinitionsChange() {
        TestCatalog catalog = new TestCatalog().create("CREATE TABLE c (a INTEGER)");
        PlannedQuery first = plan("select a from c", Optimizer.Effort.FULL, catalog);
        assertSame(first, plan("select a from c", Optimizer.Effort.FULL, catalog));
        catalog.create("CREATE TABLE c2 (a INTEGER)");
        assertTrue(first != plan("select a from c", Optimizer.Effort.FULL, catalog));
    }
}
