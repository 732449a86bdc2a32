package io.basaltdb.query.sql;

import org.apache.calcite.sql.SqlNode;

/// A parsed query: grammatically right, names not looked up. Immutable and safe to share.
public final class QuerySyntax {
    private final String sql;
    private final SqlNode tree;
    private final PlainText text;

    QuerySyntax(String sql, SqlNode tree, PlainText text) {
        this.sql = sql;
        this.tree = tree;
        this.text = text;
    }

    /// Its text, without what surrounds it in the statement.
    public String sql() {
        return sql;
    }

    SqlNode tree() {
        return tree;
    }

    /// The text that the places of [#tree] mean.
    PlainText text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuerySyntax syntax && syntax.sql.equals(sql);
    }

    @Override
    public int hashCode() {
        return sql.hashCode();
    }

    @Override
    public String toString() {
        return sql;
    }
}
