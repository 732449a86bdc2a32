package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.message.Failure;
import org.jspecify.annotations.Nullable;

/// A request failed, or the connection did. Becomes an `SQLException` at the edge of the driver.
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    /// SQLSTATE of a broken connection.
    public static final String CONNECTION_FAILURE = "08006";

    private final String sqlState;
    private final boolean endsConnection;
    private final int line;
    private final int column;

    public WireException(
            String sqlState, String message, boolean endsConnection, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
        this.endsConnection = endsConnection;
        this.line = 0;
        this.column = 0;
    }

    WireException(Failure failure, boolean endsConnection) {
        super(text(failure));
        this.sqlState = failure.sqlState();
        this.endsConnection = endsConnection;
        this.line = failure.line();
        this.column = failure.column();
    }

    private static String text(Failure failure) {
        String place =
                failure.line() == 0
                        ? ""
                        : " (line " + failure.line() + ", column " + failure.column() + ")";
        String hint = failure.hint().isEmpty() ? "" : ". " + failure.hint();
        return failure.code() + ": " + failure.message() + place + hint;
    }

    public String sqlState() {
        return sqlState;
    }

    /// Whether the connection cannot be used any more.
    public boolean endsConnection() {
        return endsConnection;
    }

    /// Line of the statement that the failure points at, from 1; 0 if it points nowhere.
    public int line() {
        return line;
    }

    /// Column in that line, from 1; 0 if it points nowhere.
    public int column() {
        return column;
    }
}
