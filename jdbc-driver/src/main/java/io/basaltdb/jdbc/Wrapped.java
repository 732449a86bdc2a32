package io.basaltdb.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/// An object of the driver is what it wraps.
abstract class Wrapped implements Wrapper {
    @Override
    public final <T> T unwrap(Class<T> wanted) throws SQLException {
        if (wanted.isInstance(this)) {
            return wanted.cast(this);
        }
        throw new SQLException("this object does not wrap a " + wanted.getSimpleName(), "0A000");
    }

    @Override
    public final boolean isWrapperFor(Class<?> wanted) {
        return wanted.isInstance(this);
    }
}
