package io.basaltdb.shell.sql;

import io.basaltdb.jdbc.wire.WireException;
import java.sql.SQLException;
import java.util.List;

/// A failure for people: SQLSTATE and message, and where it points at a place in the statement, that place.
public final class ErrorText {
    private static final int WIDEST_LINE = 100;

    private ErrorText() {}

    /// One line.
    public static String of(SQLException failure) {
        String state = failure.getSQLState();
        String message = failure.getMessage() == null ? "failed" : failure.getMessage();
        return state == null ? "error: " + message : "error " + state + ": " + message;
    }

    /// The line, and under it the line of the statement with a caret under the place.
    static String of(SQLException failure, String statement) {
        if (!(failure.getCause() instanceof WireException place) || place.line() == 0) {
            return of(failure);
        }
        List<String> lines = statement.lines().toList();
        if (place.line() > lines.size()) {
            return of(failure);
        }
        String line = lines.get(place.line() - 1);
        int column = Math.clamp(place.column() - 1, 0, line.length());
        // Of a long line the part around the place.
        int from = Math.max(0, Math.min(column - WIDEST_LINE / 2, line.length() - WIDEST_LINE));
        int to = Math.min(line.length(), from + WIDEST_LINE);
        int indent = Cells.width(Printable.line(line.substring(from, column)));
        return of(failure)
                + "\n  "
                + Printable.line(line.substring(from, to))
                + "\n  "
                + " ".repeat(indent)
                + "^";
    }
}
