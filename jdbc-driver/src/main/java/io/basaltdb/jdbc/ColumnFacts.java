package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.ColumnReader;
import io.basaltdb.jdbc.value.SqlType;
import io.basaltdb.protocol.ipc.FieldKey;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/// What is known of the columns of a result.
final class ColumnFacts extends Wrapped implements ResultSetMetaData {
    private final WireSchema columns;

    ColumnFacts(WireSchema columns) {
        this.columns = columns;
    }

    private WireField field(int column) throws SQLException {
        if (column < 1 || column > columns.size()) {
            throw SqlErrors.of(
                    "42703", "there is no column " + column + "; the result has " + columns.size());
        }
        return columns.field(column - 1);
    }

    private SqlType type(int column) throws SQLException {
        return ColumnReader.of(field(column)).type();
    }

    @Override
    public int getColumnCount() {
        return columns.size();
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        field(column);
        return false;
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        return type(column).javaClass() == String.class;
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        field(column);
        return true;
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        field(column);
        return false;
    }

    @Override
    public int isNullable(int column) throws SQLException {
        return field(column).isNullable() ? columnNullable : columnNoNulls;
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return type(column).isSigned();
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        return type(column).displaySize();
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return field(column).name();
    }

    /// The name in the table, where the column comes from one unchanged; else the label.
    @Override
    public String getColumnName(int column) throws SQLException {
        WireField field = field(column);
        return field.metadata().getOrDefault(FieldKey.COLUMN, field.name());
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        return field(column).metadata().getOrDefault(FieldKey.SCHEMA, "");
    }

    @Override
    public String getTableName(int column) throws SQLException {
        return field(column).metadata().getOrDefault(FieldKey.TABLE, "");
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        return getTableName(column).isEmpty() ? "" : DatabaseFacts.CATALOG;
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        return type(column).precision();
    }

    @Override
    public int getScale(int column) throws SQLException {
        return type(column).scale();
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return type(column).code();
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        return type(column).name();
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        return type(column).javaClass().getName();
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        field(column);
        return true;
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        field(column);
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        field(column);
        return false;
    }
}
