package io.basaltdb.storage.error;

import org.jspecify.annotations.Nullable;

/// The one exception of the engine: a code, a message that a user can act on, and where known the place in the SQL text.
public final class BasaltException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int line;
    private final int column;

    public BasaltException(ErrorCode code, String message) {
        this(code, message, 0, 0, null);
    }

    public BasaltException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, 0, 0, cause);
    }

    /// @param line one-based line in the statement's text, 0 where unknown
    /// @param column one-based column in that line, 0 where unknown
    public BasaltException(
            ErrorCode code, String message, int line, int column, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.line = line;
        this.column = column;
    }

    public ErrorCode code() {
        return code;
    }

    /// One-based line of the statement that the failure points at, 0 where unknown.
    public int line() {
        return line;
    }

    /// One-based column in [#line()], 0 where unknown.
    public int column() {
        return column;
    }

    /// The message, never null.
    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
