package io.basaltdb.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/// What every result set refuses: changing rows.
abstract class ReadOnlyResultSet extends Wrapped implements ResultSet {
    private static SQLException readOnly() {
        return new SQLFeatureNotSupportedException(
                "result sets are read-only; use INSERT, UPDATE or DELETE", "0A000");
    }

    @Override
    public final boolean rowUpdated() {
        return false;
    }

    @Override
    public final boolean rowInserted() {
        return false;
    }

    @Override
    public final boolean rowDeleted() {
        return false;
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        throw readOnly();
    }

    @Override
    public void deleteRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void insertRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateArray(int index, @Nullable Array value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateArray(String label, @Nullable Array value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int index, @Nullable InputStream value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int index, @Nullable InputStream value, int number)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int index, @Nullable InputStream value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream value, int number)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBigDecimal(String label, @Nullable BigDecimal value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int index, @Nullable InputStream value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int index, @Nullable InputStream value, int number)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int index, @Nullable InputStream value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream value, int number)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int index, @Nullable InputStream value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int index, @Nullable InputStream value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int index, @Nullable Blob value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable Blob value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBoolean(int index, boolean value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBoolean(String label, boolean value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateByte(int index, byte value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateByte(String label, byte value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBytes(int index, byte @Nullable [] value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBytes(String label, byte @Nullable [] value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int index, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int index, @Nullable Reader value, int number)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int index, @Nullable Reader value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader value, int number)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int index, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int index, @Nullable Reader value, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int index, @Nullable Clob value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Reader value, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Clob value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDate(int index, @Nullable Date value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDate(String label, @Nullable Date value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDouble(int index, double value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDouble(String label, double value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateFloat(int index, float value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateFloat(String label, float value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateInt(int index, int number) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateInt(String label, int number) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateLong(int index, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateLong(String label, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(int index, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(int index, @Nullable Reader value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader value, long length)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int index, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int index, @Nullable Reader value, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int index, @Nullable NClob value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable Reader value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable Reader value, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable NClob value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNString(int index, @Nullable String text) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNString(String label, @Nullable String text) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNull(int index) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNull(String label) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, @Nullable Object value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, @Nullable Object value, int number) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object value, int number) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRef(int index, @Nullable Ref value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRef(String label, @Nullable Ref value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRowId(int index, @Nullable RowId value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRowId(String label, @Nullable RowId value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateSQLXML(int index, @Nullable SQLXML value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateSQLXML(String label, @Nullable SQLXML value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateShort(int index, short value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateShort(String label, short value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateString(int index, @Nullable String text) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateString(String label, @Nullable String text) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTime(int index, @Nullable Time value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTime(String label, @Nullable Time value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTimestamp(int index, @Nullable Timestamp value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTimestamp(String label, @Nullable Timestamp value) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, @Nullable Object value, @Nullable SQLType value2)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(
            int index, @Nullable Object value, @Nullable SQLType value2, int number)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object value, @Nullable SQLType value2)
            throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(
            String label, @Nullable Object value, @Nullable SQLType value2, int number)
            throws SQLException {
        throw readOnly();
    }
}
