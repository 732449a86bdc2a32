package io.basaltdb.benchmarks.small;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;

/// A query with one row and one whole number in its answer.
public enum SmallQuery {
    /// Reads nothing.
    ONE("SELECT 1"),
    /// The row of a second, by the sort key.
    POINT("SELECT value FROM " + SmallTables.BY_TIME + " WHERE ts = ?"),
    /// The rows of an hour, by the sort key.
    HOUR("SELECT COUNT(*) FROM " + SmallTables.BY_TIME + " WHERE ts >= ? AND ts < ?"),
    /// The rows of an hour where the time comes second in the sort key.
    HOUR_OF_SITES("SELECT COUNT(*) FROM " + SmallTables.BY_SITE + " WHERE ts >= ? AND ts < ?");

    private final String sql;

    SmallQuery(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /// As it stands in output.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Sets the values of the second with that number.
    void set(PreparedStatement statement, long second) throws SQLException {
        switch (this) {
            case ONE -> {}
            case POINT -> statement.setObject(1, SmallTables.START.plusSeconds(second));
            case HOUR, HOUR_OF_SITES -> {
                statement.setObject(1, SmallTables.START.plusSeconds(second));
                statement.setObject(
                        2, SmallTables.START.plusSeconds(second + SmallTables.SECONDS_PER_HOUR));
            }
        }
    }

    /// The answer to the values of that second.
    long answer(long second) {
        return switch (this) {
            case ONE -> 1;
            case POINT -> second;
            case HOUR, HOUR_OF_SITES -> SmallTables.SECONDS_PER_HOUR;
        };
    }
}
