package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireColumn;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns one row of a received record batch into the parameters of a statement.
public final class ParameterDecoder {
    private ParameterDecoder() {}

    /// The parameters in row `row`, one per column.
    public static List<Session.Parameter> decode(WireBatch batch, int row) {
        List<Session.Parameter> parameters = new ArrayList<>(batch.columns().size());
        for (WireColumn column : batch.columns()) {
            parameters.add(
                    new Session.Parameter(
                            value(column, row), WireTypes.sqlType(column.field().type())));
        }
        return parameters;
    }

    private static Value value(WireColumn column, int row) {
        if (column.isNull(row)) {
            return Value.NULL;
        }
        WireType type = column.field().type();
        return switch (type.kind()) {
            case NULL -> Value.NULL;
            case BOOLEAN -> Value.of(column.booleanAt(row));
            case INT8, INT16, INT32, INT64, DATE32 -> Value.of(column.longAt(row));
            case TIMESTAMP ->
                    Value.of(
                            BatchDecoder.scaled(
                                    column.longAt(row), WireTypes.timestampFactor(type)));
            case FLOAT32 -> Value.of((double) column.float32At(row));
            case FLOAT64 -> Value.of(column.float64At(row));
            case DECIMAL128 -> Value.of(column.decimalHighAt(row), column.decimalLowAt(row));
            case UTF8, BINARY -> run(column, row);
        };
    }

    private static Value run(WireColumn column, int row) {
        int start = column.textOffset(row);
        int length = column.textLength(row);
        byte[] bytes = column.textBytes(row);
        if (column.field().type().kind() == WireType.Kind.UTF8) {
            BatchDecoder.checkText(bytes, start, length, column);
        }
        return new Value.Bytes(Arrays.copyOfRange(bytes, start, start + length));
    }
}
