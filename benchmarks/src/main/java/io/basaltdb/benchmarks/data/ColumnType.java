package io.basaltdb.benchmarks.data;

/// The SQL types that generated tables use. All but [#TEXT] travel as `long`: a date as days since 1970-01-01, a
/// timestamp as microseconds since then, money as hundredths.
public enum ColumnType {
    SMALLINT("SMALLINT"),
    INTEGER("INTEGER"),
    BIGINT("BIGINT"),
    DATE("DATE"),
    TIMESTAMP("TIMESTAMP"),
    MONEY("DECIMAL(15,2)"),
    TEXT("VARCHAR");

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /// The type as it stands in a CREATE TABLE.
    public String sql() {
        return sql;
    }
}
