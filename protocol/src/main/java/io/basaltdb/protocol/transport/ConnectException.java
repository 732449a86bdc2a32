package io.basaltdb.protocol.transport;

import java.io.IOException;

/// A target was found, but refuses: its database is broken, locked, or of a newer format.
public final class ConnectException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public ConnectException(String sqlState, String message, Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    /// The SQLSTATE that belongs to the message.
    public String sqlState() {
        return sqlState;
    }
}
