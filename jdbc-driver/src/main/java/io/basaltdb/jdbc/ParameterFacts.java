package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.ColumnReader;
import io.basaltdb.jdbc.value.SqlType;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import java.sql.ParameterMetaData;
import java.sql.SQLException;

/// What is known of the parameters of a statement.
final class ParameterFacts extends Wrapped implements ParameterMetaData {
    private final WireSchema parameters;

    ParameterFacts(WireSchema parameters) {
        this.parameters = parameters;
    }

    private WireField field(int index) throws SQLException {
        if (index < 1 || index > parameters.size()) {
            throw SqlErrors.of("07009", "there is no parameter " + index);
        }
        return parameters.field(index - 1);
    }

    private SqlType type(int index) throws SQLException {
        return ColumnReader.of(field(index)).type();
    }

    @Override
    public int getParameterCount() {
        return parameters.size();
    }

    @Override
    public int isNullable(int index) throws SQLException {
        return field(index).isNullable() ? parameterNullable : parameterNoNulls;
    }

    @Override
    public boolean isSigned(int index) throws SQLException {
        return type(index).isSigned();
    }

    @Override
    public int getPrecision(int index) throws SQLException {
        return type(index).precision();
    }

    @Override
    public int getScale(int index) throws SQLException {
        return type(index).scale();
    }

    @Override
    public int getParameterType(int index) throws SQLException {
        return type(index).code();
    }

    @Override
    public String getParameterTypeName(int index) throws SQLException {
        return type(index).name();
    }

    @Override
    public String getParameterClassName(int index) throws SQLException {
        return type(index).javaClass().getName();
    }

    @Override
    public int getParameterMode(int index) throws SQLException {
        field(index);
        return parameterModeIn;
    }
}
