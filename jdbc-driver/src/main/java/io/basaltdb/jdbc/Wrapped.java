package io.basaltdb.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/// An object of the driver is what it wraps.
abstract class Wrapped implements Wrapper {
    @Override
    public final <T> T unwrap(Class<T> wanted) throws SQLException {
        if (wanted.isInstance(this)) {
            return wanted.cast(this);
        }
        T offered = offered(wanted);
        if (offered != null) {
            return offered;
        }
        throw new SQLException("this object does not wrap a " + wanted.getSimpleName(), "0A000");
    }

    @Override
    public final boolean isWrapperFor(Class<?> wanted) throws SQLException {
        return wanted.isInstance(this) || offered(wanted) != null;
    }

    /// What there is of that type behind this object; null where there is nothing.
    <T> @Nullable T offered(Class<T> wanted) throws SQLException {
        return null;
    }
}
