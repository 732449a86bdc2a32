package io.basaltdb.query.sql;

/// How names are written back into SQL text.
public final class SqlNames {
    private SqlNames() {}

    /// The name in double quotes, as any statement reads it back.
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
