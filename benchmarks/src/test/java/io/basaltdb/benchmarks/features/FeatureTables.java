package io.basaltdb.benchmarks.features;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The tables that the statements are about. A column whose type the engine does not know is left out.
final class FeatureTables {
    private record Column(String name, String type, String... values) {}

    private final List<Column> columns;

    private static final List<Column> EMP =
            List.of(
                    new Column("empno", "INTEGER", "1", "2", "3", "4", "5", "6"),
                    new Column(
                            "ename", "TEXT", "'SMITH'", "'ALLEN'", "'ward'", "'Jonès'", "'12'",
                            "NULL"),
                    new Column("deptno", "INTEGER", "10", "20", "10", "20", "30", "40"),
                    new Column(
                            "sal",
                            "DECIMAL(10,2)",
                            "800.50",
                            "1600.00",
                            "1250.25",
                            "2975.00",
                            "9.99",
                            "NULL"),
                    new Column("comm", "DOUBLE", "NULL", "300", "500.5", "NULL", "-0.25", "1e10"),
                    new Column(
                            "hiredate",
                            "DATE",
                            "DATE '1980-12-17'",
                            "DATE '1981-02-20'",
                            "DATE '1981-02-22'",
                            "DATE '2024-02-29'",
                            "DATE '1969-12-31'",
                            "NULL"),
                    new Column(
                            "ts",
                            "TIMESTAMP(6)",
                            "TIMESTAMP '1980-12-17 01:02:03.456789'",
                            "TIMESTAMP '1981-02-20 23:59:59'",
                            "TIMESTAMP '2024-02-29 12:00:00'",
                            "TIMESTAMP '2024-03-31 02:30:00'",
                            "TIMESTAMP '1969-12-31 23:59:59.5'",
                            "NULL"),
                    new Column(
                            "tz",
                            "TIMESTAMP WITH TIME ZONE",
                            "CAST('1980-12-17 01:02:03+00:00' AS TIMESTAMP WITH TIME ZONE)",
                            "CAST('1981-02-20 23:59:59+01:00' AS TIMESTAMP WITH TIME ZONE)",
                            "CAST('2024-02-29 12:00:00-05:00' AS TIMESTAMP WITH TIME ZONE)",
                            "CAST('2024-03-31 02:30:00+00:00' AS TIMESTAMP WITH TIME ZONE)",
                            "NULL",
                            "NULL"),
                    new Column(
                            "tags",
                            "TEXT ARRAY",
                            "ARRAY['a','b']",
                            "ARRAY['b']",
                            "ARRAY['c',NULL]",
                            "NULL",
                            "ARRAY['a']",
                            "ARRAY['x','y','z']"),
                    new Column(
                            "props",
                            "MAP(TEXT, TEXT)",
                            "MAP {'k': 'v'}",
                            "MAP {'k': 'w'}",
                            "MAP {'a': 'b'}",
                            "NULL",
                            "NULL",
                            "NULL"),
                    new Column(
                            "st",
                            "STRUCT(a INTEGER, b TEXT)",
                            "{'a': 1, 'b': 'x'}",
                            "{'a': 2, 'b': NULL}",
                            "NULL",
                            "{'a': NULL, 'b': 'it''s'}",
                            "{'a': 1, 'b': 'x'}",
                            "{'a': 0, 'b': ''}"),
                    new Column(
                            "js",
                            "TEXT",
                            "'{\"a\": 1, \"b\": [1, 2]}'",
                            "'{\"a\": {\"c\": \"x\"}}'",
                            "'[1, 2, 3]'",
                            "'null'",
                            "'7'",
                            "NULL"),
                    new Column("b", "BOOLEAN", "TRUE", "FALSE", "NULL", "TRUE", "FALSE", "TRUE"),
                    new Column("c5", "CHAR(5)", "'ab'", "'abcde'", "'b'", "'c'", "''", "NULL"),
                    new Column(
                            "bi",
                            "BIGINT",
                            "1",
                            "-2",
                            "9007199254740993",
                            "0",
                            "1700000000",
                            "NULL"),
                    new Column("f", "REAL", "1.5", "-2.25", "0", "1e10", "3.5", "NULL"),
                    new Column(
                            "big",
                            "DECIMAL(38,10)",
                            "1.5",
                            "1234567890123456789012345678.0123456789",
                            "-0.0000000001",
                            "0",
                            "42",
                            "NULL"));
    private static final int ROWS = 6;

    private FeatureTables(List<Column> columns) {
        this.columns = columns;
    }

    /// The tables with the columns that an engine knows.
    static FeatureTables knownTo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return new FeatureTables(known(statement));
        }
    }

    /// Makes them on a new, empty database.
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> definitions = new ArrayList<>();
            columns.forEach(column -> definitions.add(column.name() + " " + column.type()));
            statement.execute("CREATE TABLE emp (" + String.join(", ", definitions) + ")");
            for (int row = 0; row < ROWS; row++) {
                List<String> values = new ArrayList<>();
                for (Column column : columns) {
                    values.add(column.values()[row]);
                }
                statement.execute("INSERT INTO emp VALUES (" + String.join(", ", values) + ")");
            }
            statement.execute(
                    "CREATE TABLE dept (deptno INTEGER PRIMARY KEY, dname TEXT, loc TEXT)");
            statement.execute(
                    "INSERT INTO dept VALUES (10, 'ACCOUNTING', 'NEW YORK'), (20, 'RESEARCH', 'DALLAS'),"
                            + " (30, 'SALES', NULL), (50, 'EMPTY', 'BOSTON')");
            statement.execute("CREATE TABLE trades (sym TEXT, ts TIMESTAMP(6), px DOUBLE)");
            statement.execute(
                    "INSERT INTO trades VALUES ('a', TIMESTAMP '2024-01-01 10:00:00', 1.5),"
                            + " ('a', TIMESTAMP '2024-01-01 10:04:00', 2.5),"
                            + " ('b', TIMESTAMP '2024-01-01 11:00:00', 10)");
            statement.execute("CREATE TABLE quotes (sym TEXT, ts TIMESTAMP(6), bid DOUBLE)");
            statement.execute(
                    "INSERT INTO quotes VALUES ('a', TIMESTAMP '2024-01-01 09:59:00', 1.25),"
                            + " ('a', TIMESTAMP '2024-01-01 10:03:00', 2.25),"
                            + " ('b', TIMESTAMP '2024-01-01 11:00:01', 9)");
        }
    }

    private static List<Column> known(Statement statement) throws SQLException {
        List<Column> known = new ArrayList<>();
        for (Column column : EMP) {
            try {
                statement.execute("CREATE TABLE probe (x " + column.type() + ")");
                statement.execute("DROP TABLE probe");
                known.add(column);
            } catch (SQLException unknown) {
                if (!"0A000".equals(unknown.getSQLState())
                        && !"42704".equals(unknown.getSQLState())) {
                    throw unknown;
                }
            }
        }
        return known;
    }
}
