package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.ConversionException;
import io.basaltdb.jdbc.wire.WireException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/// The class of exception that a SQLSTATE asks for. Transient means: the same call may succeed later.
///
/// | SQLSTATE | exception |
/// |---|---|
/// | 08001 | SQLTransientConnectionException |
/// | 08… | SQLNonTransientConnectionException |
/// | 0A… | SQLFeatureNotSupportedException |
/// | 21…, 22… | SQLDataException |
/// | 23… | SQLIntegrityConstraintViolationException |
/// | 28… | SQLInvalidAuthorizationSpecException |
/// | 40… | SQLTransactionRollbackException |
/// | 42…, 3F…, 26…, 07… | SQLSyntaxErrorException |
/// | 53…, 57P… | SQLTransientException |
/// | 57014 by timeout | SQLTimeoutException |
/// | others | SQLNonTransientException |
final class SqlErrors {
    private static final String CANCELLED = "57014";

    private SqlErrors() {}

    static SQLException of(WireException e) {
        return of(e.sqlState(), String.valueOf(e.getMessage()), e);
    }

    static SQLException of(ConversionException e) {
        return of(e.sqlState(), String.valueOf(e.getMessage()), e);
    }

    static SQLException of(String sqlState, String message) {
        return of(sqlState, message, null);
    }

    static SQLException of(String state, String message, @Nullable Throwable cause) {
        if (state.equals(CANCELLED)) {
            return message.contains("timeout")
                    ? new SQLTimeoutException(message, state, cause)
                    : new SQLTransientException(message, state, cause);
        }
        switch (state.substring(0, 2)) {
            case "08":
                return state.equals("08001")
                        ? new SQLTransientConnectionException(message, state, cause)
                        : new SQLNonTransientConnectionException(message, state, cause);
            case "0A":
                return new SQLFeatureNotSupportedException(message, state, cause);
            case "21":
            case "22":
                return new SQLDataException(message, state, cause);
            case "23":
                return new SQLIntegrityConstraintViolationException(message, state, cause);
            case "28":
                return new SQLInvalidAuthorizationSpecException(message, state, cause);
            case "40":
                return new SQLTransactionRollbackException(message, state, cause);
            case "07":
            case "26":
            case "3F":
            case "42":
                return new SQLSyntaxErrorException(message, state, cause);
            case "53":
            case "57":
                return new SQLTransientException(message, state, cause);
            default:
                return new SQLNonTransientException(message, state, cause);
        }
    }

    static SQLException unsupported(String message) {
        return new SQLFeatureNotSupportedException(message, "0A000");
    }

    static SQLException closed(String what) {
        return new SQLNonTransientException("the " + what + " is closed", "24000");
    }
}
