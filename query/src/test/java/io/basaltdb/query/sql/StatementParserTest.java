package io.basaltdb.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.sql.Statement.ColumnSpec;
import io.basaltdb.query.sql.Statement.IfExists;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.query.sql.Statement.PartitionSpec;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementParserTest {

    private static Statement parse(String sql) {
        return StatementParser.parse(sql);
    }

    @Test
    void readsTheWholeOfCreateTable() {
        Statement.CreateTable table =
                (Statement.CreateTable)
                        parse(
                                """
                                CREATE TABLE IF NOT EXISTS web.hits (
                                  event_time TIMESTAMP NOT NULL, user_id BIGINT, "Url" TEXT,
                                  price DECIMAL(18,2) DEFAULT round(1.5, (1)) NOT NULL, PRIMARY KEY (user_id, event_time))
                                PARTITION BY date_trunc('month', event_time), user_id
                                ORDER BY (user_id, event_time)
                                TTL event_time + INTERVAL '90' DAY
                                WITH (durability = 'commit', Level = 3);\
                                """);
        assertEquals(new ObjectName("web", "hits"), table.name());
        assertEquals(IfExists.SKIP, table.ifExists());
        assertEquals(
                List.of(
                        new ColumnSpec("event_time", Type.TIMESTAMP, false, null),
                        new ColumnSpec("user_id", Type.BIGINT, true, null),
                        new ColumnSpec("Url", Type.TEXT, true, null),
                        new ColumnSpec("price", new Type.Decimal(18, 2), false, "round(1.5, (1))")),
                table.columns());
        assertEquals(
                List.of(
                        new PartitionSpec("event_time", PartitionTransform.Unit.MONTH),
                        new PartitionSpec("user_id", null)),
                table.layout().partitionBy());
        assertEquals(List.of("user_id", "event_time"), table.layout().orderBy());
        assertEquals(List.of("user_id", "event_time"), table.layout().primaryKey());
        assertEquals("event_time + INTERVAL '90' DAY", table.layout().ttlSql());
        assertEquals(Map.of("durability", "commit", "level", "3"), table.layout().options());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean|BOOLEAN",
                "bool|BOOLEAN",
                "tinyint|TINYINT",
                "int2|SMALLINT",
                "int|INTEGER",
                "int4|INTEGER",
                "int8|BIGINT",
                "Int64|BIGINT",
                "hugeint|DECIMAL(38, 0)",
                "real|REAL",
                "float4|REAL",
                "float|DOUBLE",
                "float(10)|REAL",
                "double precision|DOUBLE",
                "numeric|DECIMAL(18, 3)",
                "decimal(5)|DECIMAL(5, 0)",
                "dec(38,10)|DECIMAL(38, 10)",
                "date|DATE",
                "timestamp|TIMESTAMP",
                "timestamp(3)|TIMESTAMP(3)",
                "timestamp without time zone|TIMESTAMP",
                "timestamp with time zone|TIMESTAMP WITH TIME ZONE",
                "timestamptz(9)|TIMESTAMP(9) WITH TIME ZONE",
                "datetime|TIMESTAMP",
                "text|TEXT",
                "varchar(10)|TEXT",
                "character varying(20)|TEXT",
                "char(3)|TEXT",
                "string|TEXT",
                "Nullable(Int32)|INTEGER"
            })
    void knowsTypeNames(String written, String meant) {
        Statement.CreateTable table =
                (Statement.CreateTable) parse("create table t (a " + written + ")");
        assertEquals(meant, table.columns().getFirst().type().sql());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table t (a int) engine = MergeTree|1|24|ENGINE is not needed",
                "create table t (a int codec(lz4))|1|23|CODEC is not needed",
                "create table t (a ipv4)|1|19|Type IPV4 is not supported; write INET",
                "create index i on t (a)|1|8|CREATE INDEX is not supported",
                "create materialized view v as select 1|1|8|CREATE MATERIALIZED is not supported",
                "insert into t values (1) on duplicate key update a = 1|1|26|ON DUPLICATE KEY is not supported",
                "insert into t values (1) on conflict on constraint k do nothing|1|38|ON CONFLICT takes the columns",
                "savepoint a|1|1|SAVEPOINT is not supported",
                "rollback to a|1|10|ROLLBACK TO is not supported",
                "begin isolation level serializable|1|23|ISOLATION LEVEL SERIALIZABLE is not supported",
                "vacuum|1|1|VACUUM is not supported",
                "select * from t settings max_threads = 1|1|17|SETTINGS in a query is not supported"
            })
    void saysWhatToWriteInstead(String sql, int line, int column, String message) {
        BasaltException e = assertThrows(BasaltException.class, () -> parse(sql));
        assertEquals(ErrorCode.FEATURE_NOT_SUPPORTED, e.code(), e.text());
        assertTrue(e.text().startsWith(message), e.text());
        assertEquals(line + ":" + column, e.line() + ":" + e.column());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table t (a int, A text)|42701|1|24",
                "create table t (a nosuchtype)|42704|1|19",
                "create table t (a decimal(40))|22023|1|19",
                "create table t (a decimal(5,6))|22023|1|19",
                "create table t ()|42601|1|17",
                "create table t (a int|42601|1|22",
                "selec 1|42601|1|1",
                "select 1 +|42601|1|10",
                "select 'abc|42601|1|8",
                "select (1|42601|1|9",
                "select from t where|42601|1|8",
                "select 1 from t t t|42601|1|19",
                "copy t from|42601|1|12",
                "show columns t|42601|1|14",
                "drop table|42601|1|11",
                "set x|42601|1|6"
            })
    void pointsAtSyntaxErrors(String sql, String state, int line, int column) {
        BasaltException e = assertThrows(BasaltException.class, () -> parse(sql));
        assertEquals(state, e.code().sqlState(), e.text());
        assertFalse(e.text().contains("calcite"), e.text());
        assertEquals(line + ":" + column, e.line() + ":" + e.column(), e.text());
    }

    @Test
    void keepsPositionsBehindCommentsAndOtherQuotes() {
        BasaltException e =
                assertThrows(
                        BasaltException.class,
                        () -> parse("insert into `t` /* a\n comment */ (`x`)\n select $$a$$, , 1"));
        assertEquals("3:14", e.line() + ":" + e.column(), e.text());
    }

    @Test
    void keepsPositionsBehindQuotedReservedWords() {
        BasaltException e =
                assertThrows(
                        BasaltException.class,
                        () -> parse("select 1 as union, t.from as x y from t"));
        assertEquals("1:32", e.line() + ":" + e.column(), e.text());
    }

    @Test
    void readsInserts() {
        Statement.Insert insert =
                (Statement.Insert)
                        parse("INSERT INTO s.t (a, \"B c\") VALUES (1, 'x'), (2, DEFAULT);");
        assertEquals(new ObjectName("s", "t"), insert.target());
        assertEquals(List.of("a", "B c"), insert.columns());
        assertEquals("VALUES (1, 'x'), (2, DEFAULT)", insert.source().sql());
        Statement.Insert query = (Statement.Insert) parse("insert into t (select * from u)");
        assertEquals(List.of(), query.columns());
        assertEquals(
                new Statement.InsertDefaults(new ObjectName(null, "t")),
                parse("insert into t default values"));
    }

    @Test
    void readsCopies() {
        assertEquals(
                new Statement.CopyFrom(
                        new ObjectName(null, "t"),
                        List.of("a", "b"),
                        "/x/y's.csv",
                        Map.of("format", "csv", "header", "false", "delimiter", "|")),
                parse(
                        "COPY t (a, b) FROM '/x/y''s.csv' (FORMAT csv, HEADER false, DELIMITER '|')"));
        assertEquals(
                new Statement.CopyFrom(
                        new ObjectName(null, "t"),
                        List.of(),
                        "a.csv",
                        Map.of("format", "csv", "header", "true")),
                parse("copy t from 'a.csv' with csv header"));
        Statement.CopyTo query =
                (Statement.CopyTo)
                        parse(
                                "copy (select (1) as x from t) to 'out.parquet' with (format parquet)");
        assertEquals("select (1) as x from t", query.source().sql());
        Statement.CopyTo table = (Statement.CopyTo) parse("copy s.t (a) to 'out.csv'");
        assertEquals("SELECT \"a\" FROM \"s\".\"t\"", table.source().sql());
    }

    @Test
    void readsTheOtherStatements() {
        assertEquals(
                new Statement.CreateSchema("s", IfExists.SKIP),
                parse("create schema if not exists s"));
        assertEquals(new Statement.CreateSchema("s", IfExists.FAIL), parse("create database s"));
        assertEquals(
                new Statement.DropTable(
                        List.of(new ObjectName(null, "a"), new ObjectName("s", "b")), true),
                parse("drop table if exists a, s.b cascade"));
        assertEquals(
                new Statement.DropView(List.of(new ObjectName(null, "v")), false),
                parse("drop view v"));
        assertEquals(
                new Statement.DropSchema("s", true, true),
                parse("drop schema if exists s cascade"));
        assertEquals(
                new Statement.Truncate(new ObjectName("main", "t")),
                parse("truncate basalt.main.t"));
        assertEquals(
                new Statement.Show(Statement.Show.Subject.TABLES, "s", "a%"),
                parse("show tables from s like 'a%'"));
        assertEquals(
                new Statement.Show(Statement.Show.Subject.SCHEMAS, null, null),
                parse("show databases"));
        assertEquals(new Statement.Describe(new ObjectName(null, "t")), parse("desc t"));
        assertEquals(
                new Statement.Describe(new ObjectName(null, "t")), parse("show columns from t"));
        assertEquals(
                new Statement.ShowCreate(new ObjectName(null, "t")), parse("show create table t"));
        assertEquals(new Statement.ShowSetting("server_version"), parse("show server_version"));
        assertEquals(new Statement.ShowSettings(), parse("show all"));
        assertEquals(
                new Statement.Set("time_zone", "Europe/Zurich"),
                parse("set time zone 'Europe/Zurich'"));
        assertEquals(new Statement.Set("max_memory", "-1"), parse("set MAX_memory = -1"));
        assertEquals(new Statement.Set("a.b", "on"), parse("set session a.b to on"));
        assertEquals(new Statement.Reset("x"), parse("set x to default"));
        assertEquals(new Statement.Reset("x"), parse("reset x"));
        assertEquals(new Statement.ResetAll(), parse("reset all"));
        assertEquals(new Statement.Use("s"), parse("use s"));
        assertEquals(
                new Statement.Begin(true),
                parse("start transaction isolation level repeatable read, read only"));
        assertEquals(new Statement.Begin(false), parse("begin work"));
        assertEquals(new Statement.Commit(), parse("commit work"));
        assertEquals(new Statement.Rollback(), parse("rollback"));
        assertEquals(new Statement.Kill("17"), parse("kill query 17"));
        assertEquals(new Statement.Checkpoint(), parse("checkpoint"));
        assertEquals(
                new Statement.Optimize(new ObjectName(null, "t")), parse("optimize table t final"));
        assertEquals(
                new Statement.CreateTableLike(
                        new ObjectName(null, "t"), IfExists.FAIL, new ObjectName(null, "u")),
                parse("create table t like u"));
    }

    @Test
    void readsCreateTableAs() {
        Statement.CreateTableAs table =
                (Statement.CreateTableAs) parse("create table t (x, y) order by x as select 1, 2");
        assertEquals(List.of("x", "y"), table.columns());
        assertEquals(List.of("x"), table.layout().orderBy());
        assertEquals("select 1, 2", table.source().sql());
        Statement.CreateView view =
                (Statement.CreateView)
                        parse("create or replace view v as with a as (select 1) select * from a;");
        assertEquals(IfExists.REPLACE, view.ifExists());
        assertEquals("with a as (select 1) select * from a", view.query().sql());
    }

    @Test
    void readsExplain() {
        assertFalse(((Statement.Explain) parse("explain select 1")).analyze());
        assertTrue(((Statement.Explain) parse("explain analyze select 1")).analyze());
        assertEquals(
                Statement.Explain.Format.JSON,
                ((Statement.Explain) parse("explain (format json) select 1")).format());
        assertInstanceOf(
                Statement.Query.class,
                ((Statement.Explain) parse("explain plan for select 1")).statement());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1;",
                "select a::double, '2020-01-01'::date from t",
                "select * from 'data/*.parquet' p where p.x > 1",
                "select * from a, 'b.csv'",
                "select x from t where y = $2 and z = $1",
                "select x from t where y = ? limit ?",
                "select 1 == 1, 7 % 2, 5 != 4",
                "select ts + interval '1 day', ts + interval '1' day, ts - interval '1 month 2 days' from t",
                "select date_trunc('hour', ts), date_trunc(ts, hour) from t",
                "select t.value, t.date, count(*) as count from t group by 1 order by count",
                "select a from t where b ilike '%x' or c not like 'y' escape '!'",
                "select row_number() over (partition by a order by b) rn from t qualify rn = 1",
                "select * exclude (a) from t",
                "with r as (select 1 as x) select * from r",
                "values (1, 'a'), (2, 'b')",
                "table t",
                "(select 1) union all (select 2) order by 1",
                "select `a b` from `t`",
                "select a limit 5, 10",
                "select extract(minute from ts), substring(s from 2 for 3), position('a' in s), trim(both 'x' from s) from t"
            })
    void acceptsQueries(String sql) {
        assertInstanceOf(Statement.Query.class, parse(sql));
    }

    @Test
    void limitsDepth() {
        int depth = ComplexityLimit.MAX_DEPTH + 1;
        String sql = "select " + "(".repeat(depth) + "1" + ")".repeat(depth);
        BasaltException e = assertThrows(BasaltException.class, () -> parse(sql));
        assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, e.code());
    }
}
