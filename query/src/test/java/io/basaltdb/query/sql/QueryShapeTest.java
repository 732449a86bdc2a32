package io.basaltdb.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.plan.PlanPrinter;
import io.basaltdb.query.sql.QueryShape.Literal;
import io.basaltdb.storage.error.BasaltException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A query that takes the bound tree of another of its shape gets the plan that it would have got alone.
class QueryShapeTest {
    private static final TestCatalog SMALL =
            new TestCatalog()
                    .create(
                            """
                            CREATE TABLE t (a INTEGER NOT NULL, b BIGINT, s TEXT, d DATE, ts TIMESTAMP, p DECIMAL(10,2), x DOUBLE, ok BOOLEAN);
                            CREATE TABLE u (a INTEGER, b BIGINT NOT NULL, s TEXT, i SMALLINT);
                            CREATE VIEW v AS SELECT a, b + 1 AS b1, s FROM t WHERE a > 5;\
                            """);

    private final SqlFrontEnd frontEnd = new SqlFrontEnd(PlanningTest.STOPPED, 1);

    @AfterEach
    void close() {
        frontEnd.close();
    }

    private static @Nullable QueryShape shape(String sql) {
        return QueryShape.of(SqlLexer.tokens(sql));
    }

    private PlannedQuery planned(String sql, CatalogView catalog, boolean byShape) {
        return Objects.requireNonNull(
                frontEnd.prepare(sql, catalog, PlanSettings.of("main"), null, byShape, () -> false)
                        .planned());
    }

    /// The same query with other literals of the same types.
    private static String other(String sql) {
        QueryShape shape = Objects.requireNonNull(shape(sql));
        List<Literal> literals = new ArrayList<>();
        for (Literal literal : shape.literals()) {
            literals.add(
                    switch (literal.kind()) {
                        case NUMBER -> {
                            BigDecimal unit =
                                    BigDecimal.valueOf(1, Math.max(literal.number().scale(), 0));
                            BigDecimal more = literal.number().add(unit);
                            yield with(
                                    literal,
                                    more.precision() == literal.digits() || more.scale() == 0
                                            ? more
                                            : literal.number().subtract(unit),
                                    "");
                        }
                        case DATE -> with(literal, BigDecimal.ZERO, tomorrow(literal));
                        case TEXT ->
                                with(
                                        literal,
                                        BigDecimal.ZERO,
                                        literal.isDateText()
                                                ? tomorrow(literal)
                                                : "q" + literal.content());
                        case MONTHS, MILLIS -> {
                            int amount = Integer.parseInt(literal.content());
                            int more = amount % 10 == 9 ? amount - 1 : amount + 1;
                            yield with(literal, BigDecimal.ZERO, Integer.toString(more));
                        }
                    });
        }
        return new QueryShape(shape.text(), literals).written(sql);
    }

    private static String tomorrow(Literal literal) {
        return LocalDate.parse(literal.content()).plusDays(1).toString();
    }

    private static Literal with(Literal literal, BigDecimal number, String content) {
        return new Literal(literal.kind(), literal.token(), number, content, literal.digits());
    }

    /// Plans a query until its tree is kept, then another of its shape both ways; says whether the tree could be kept.
    private boolean check(String name, String sql, CatalogView catalog) {
        int before = frontEnd.knownShapes();
        for (int i = 0; i < 3; i++) {
            assertSame(name, sql, catalog);
        }
        if (shape(sql) == null) {
            return false;
        }
        String other = other(sql);
        assertEquals(shape(sql).text(), shape(other).text(), name);
        assertSame(name, other, catalog);
        assertSame(name, sql, catalog);
        return frontEnd.knownShapes() > before;
    }

    private void assertSame(String name, String sql, CatalogView catalog) {
        PlannedQuery alone = planned(sql, catalog, false);
        PlannedQuery byShape = planned(sql, catalog, true);
        assertEquals(PlanPrinter.print(alone.plan()), PlanPrinter.print(byShape.plan()), name);
        assertEquals(alone, byShape, name);
    }

    private void checkAll(String queries, CatalogView catalog, List<String> alone) {
        List<String> found = new ArrayList<>();
        Map<String, String> all = TestCatalog.queries(queries);
        all.forEach((name, sql) -> {
            if (!check(name, sql, catalog)) {
                found.add(name);
            }
        });
        assertEquals(alone, found);
    }

    @Test
    void plansTpchByShapes() {
        checkAll("/io/basaltdb/query/tpch/queries.sql", TestCatalog.tpch(), List.of());
    }

    /// All but those with numbers of nineteen digits, and one whose group keys must be equal to items of its select list.
    @Test
    void plansHitsByShapes() {
        TestCatalog hits =
                new TestCatalog()
                        .create(TestCatalog.resource("/io/basaltdb/query/hits/schema.sql"));
        checkAll("/io/basaltdb/query/hits/queries.sql", hits, List.of("q20", "q36", "q41", "q42"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t WHERE a > 3 AND b < 4000000000 AND p = 0.25",
                "SELECT a FROM t WHERE s IN ('a', 'bcd') AND a IN (1, 2, 3)",
                "SELECT a FROM t WHERE d BETWEEN DATE '2020-01-01' AND DATE '2020-01-01' + INTERVAL '10' DAY",
                "SELECT a FROM t WHERE s LIKE 'a%' OR s = ''",
                "SELECT sum(p * 1.25) AS total FROM t GROUP BY s HAVING count(*) > 7",
                "SELECT a FROM v WHERE b1 = 3 LIMIT 4",
                "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a AND u.b > 12)",
                "WITH n AS (SELECT a, b FROM t WHERE a < 100) SELECT count(*) FROM n WHERE b > 5",
                "SELECT a FROM t WHERE x > 0.5 AND p > 3",
            })
    void takesTreesOfItsShape(String sql) {
        assertTrue(check(sql, sql, SMALL), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The label of a column, a place in the select list, a type, a unit.
                "SELECT a + 1 FROM t",
                "SELECT a, b FROM t ORDER BY a, 1",
                "SELECT CAST(s AS DECIMAL(10, 2)) AS n FROM t WHERE a = 1",
                "SELECT round(p, 1) AS r FROM t",
                "SELECT date_trunc('month', d) AS m FROM t",
                "SELECT CASE WHEN a > 1 THEN 'one' ELSE s END AS c FROM t WHERE a = ?",
                "SELECT row_number() OVER (ORDER BY a) AS n FROM t WHERE a > 2",
                "SELECT list_transform([1, 2], x -> x + 1) AS l",
                "SELECT a FROM t WHERE s = $$a$$",
                "SELECT 1",
            })
    void plansAloneWhatLiteralsShape(String sql) {
        check(sql, sql.replace("?", "5"), SMALL);
        if (shape(sql) != null) {
            assertSame(sql, sql, SMALL);
        }
    }

    /// Sub-queries become joins once for a shape, unless their literals are gone into the list of a search.
    @Test
    void keepsTreesWithoutSubQueries() {
        Map<String, String> queries = TestCatalog.queries("/io/basaltdb/query/tpch/queries.sql");
        for (String name : List.of("q02", "q04", "q11", "q15", "q17", "q18", "q20", "q21")) {
            assertTrue(isPrepared(queries.get(name), TestCatalog.tpch()), name);
        }
        assertTrue(
                isPrepared("SELECT a FROM t WHERE b > (SELECT max(b) FROM u WHERE a < 5)", SMALL));
        assertFalse(isPrepared("SELECT a FROM t WHERE a IN (1, 2, 3)", SMALL));
    }

    private static boolean isPrepared(@Nullable String sql, CatalogView catalog) {
        String text = Objects.requireNonNull(sql);
        Statement statement = StatementParser.parse(text, catalog::type);
        QuerySyntax syntax = ((Statement.Query) statement).syntax();
        Binder.Bound bound = new Binder(catalog).bind(syntax, "main");
        return Objects.requireNonNull(
                        BoundShape.of(
                                text,
                                Objects.requireNonNull(shape(text)),
                                statement,
                                bound,
                                catalog,
                                "main"))
                .isPrepared();
    }

    @Test
    void tellsTypesOfLiteralsApart() {
        String sql = "SELECT a FROM t WHERE b = ";
        assertEquals(shape(sql + "1").text(), shape(sql + "2147483647").text());
        assertNotEquals(shape(sql + "1").text(), shape(sql + "2147483648").text());
        assertNotEquals(shape(sql + "1").text(), shape(sql + "1.0").text());
        assertNotEquals(shape(sql + "1.0").text(), shape(sql + "1.00").text());
        assertNotEquals(shape(sql + "'a'").text(), shape(sql + "'2020-01-01'").text());
        assertNotEquals(shape(sql + "1 LIMIT 2").text(), shape(sql + "1 LIMIT 3").text());
        assertNull(shape(sql + "$1"));
        assertNull(shape("INSERT INTO t (a) VALUES (1)"));
        assertNotNull(shape(sql + "'a'"));
    }

    @Test
    void leavesNumbersThatDoNotFitToTheParser() {
        String sql = "SELECT a FROM u WHERE i = ";
        for (String number : List.of("1", "2", "3", "70000", "2147483647")) {
            assertSame(number, sql + number, SMALL);
        }
    }

    @Test
    void saysWhereATextOfAKnownShapeIsWrong() {
        String sql = "SELECT a FROM t WHERE d = DATE '2020-02-28' AND nothing = 1";
        for (int i = 0; i < 3; i++) {
            BasaltException wrong =
                    assertThrows(BasaltException.class, () -> planned(sql, SMALL, true));
            assertTrue(wrong.getMessage().contains("nothing"), wrong.getMessage());
        }
    }
}
