package io.basaltdb.shell.sql;

import org.jspecify.annotations.Nullable;

/// What a user may write for a database: a JDBC URL, a directory, or nothing.
public final class ConnectionUrl {
    private ConnectionUrl() {}

    /// The JDBC URL of what was given; a database in memory where nothing was.
    public static String of(@Nullable String target) {
        if (target == null || target.isBlank()) {
            return "jdbc:basalt:mem:";
        }
        if (target.startsWith("jdbc:")) {
            return target;
        }
        if (target.startsWith("basalt://")) {
            return "jdbc:" + target;
        }
        return "jdbc:basalt:file:" + target;
    }
}
