package io.basaltdb.jdbc;

import java.io.InputStream;
import java.sql.Blob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import org.jspecify.annotations.Nullable;

/// Parameters of types that the database does not have.
abstract class UnsupportedSetters extends BasaltStatement implements PreparedStatement {
    UnsupportedSetters(BasaltConnection connection) {
        super(connection);
    }

    private static SQLException unsupported(String what) {
        return new SQLFeatureNotSupportedException(
                "the database has no " + what + " as parameters", "0A000");
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
        throw unsupported("streams of bytes");
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream value, int number)
            throws SQLException {
        throw unsupported("streams of bytes");
    }

    @Override
    public final void setBinaryStream(int index, @Nullable InputStream value, long length)
            throws SQLException {
        throw unsupported("streams of bytes");
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream value) throws SQLException {
        throw unsupported("streams of bytes");
    }

    @Override
    public final void setBlob(int index, @Nullable InputStream value, long length)
            throws SQLException {
        throw unsupported("streams of bytes");
    }

    @Override
    public final void setBlob(int index, @Nullable Blob value) throws SQLException {
        throw unsupported("streams of bytes");
    }

    @Override
    public final void setRef(int index, @Nullable Ref value) throws SQLException {
        throw unsupported("references");
    }

    @Override
    public final void setRowId(int index, @Nullable RowId value) throws SQLException {
        throw unsupported("row ids");
    }

    @Override
    public final void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
        throw unsupported("XML values");
    }

    @Deprecated
    @Override
    public final void setUnicodeStream(int index, @Nullable InputStream value, int number)
            throws SQLException {
        throw unsupported("byte streams");
    }
}
