package io.basaltdb.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The dialect as a table: what people write elsewhere, and whether it is planned here or how it is refused.
final class DialectTest {
    private static final Pattern ROW = Pattern.compile("([^|]+)\\|((?:\\\\.|[^|\\\\])*)\\|(.*)");

    private static final TestCatalog CATALOG =
            new TestCatalog()
                    .create(
                            """
                            CREATE TABLE emp (empno INTEGER PRIMARY KEY, ename TEXT, deptno INTEGER, sal DECIMAL(10,2), comm DOUBLE,
                              hiredate DATE, ts TIMESTAMP(6), tz TIMESTAMP WITH TIME ZONE, tags TEXT, props TEXT, st TEXT, js TEXT,
                              b BOOLEAN, c5 TEXT, bi BIGINT, f REAL, big DECIMAL(38,10));
                            CREATE TABLE dept (deptno INTEGER PRIMARY KEY, dname TEXT, loc TEXT);
                            CREATE TABLE t (a INTEGER, b TEXT);
                            CREATE TABLE trades (sym TEXT, ts TIMESTAMP, px DOUBLE);
                            CREATE TABLE quotes (sym TEXT, ts TIMESTAMP, bid DOUBLE);\
                            """);

    @Test
    void everyRowIsTrue() {
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        try (SqlFrontEnd frontEnd = new SqlFrontEnd(PlanningTest.STOPPED, 1)) {
            for (String line :
                    TestCatalog.resource("/io/basaltdb/query/sql/dialect.txt").split("\n")) {
                var row = ROW.matcher(line);
                if (!line.startsWith("#") && row.matches()) {
                    rows++;
                    String status = status(frontEnd, row.group(3));
                    if (!status.equals(row.group(1))) {
                        wrong.add(status + " instead of " + line);
                    }
                }
            }
        }
        assertEquals(322, rows);
        assertEquals(List.of(), wrong);
    }

    private static String status(SqlFrontEnd frontEnd, String script) {
        try {
            for (String sql : StatementSplitter.split(script).all()) {
                frontEnd.prepare(sql, CATALOG, PlanSettings.of("main"), () -> false);
            }
            return "ok";
        } catch (BasaltException e) {
            assertFalse(e.code() == ErrorCode.INTERNAL, script);
            assertFalse(e.text().contains("calcite") || e.text().contains("Exception"), e.text());
            return e.code().sqlState();
        }
    }
}
