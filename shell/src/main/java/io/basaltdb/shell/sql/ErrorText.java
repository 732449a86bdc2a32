package io.basaltdb.shell.sql;

import java.sql.SQLException;

/// A failure as one line for people: SQLSTATE and message.
public final class ErrorText {
    private ErrorText() {}

    public static String of(SQLException failure) {
        String state = failure.getSQLState();
        String message = failure.getMessage() == null ? "failed" : failure.getMessage();
        return state == null ? "error: " + message : "error " + state + ": " + message;
    }
}
