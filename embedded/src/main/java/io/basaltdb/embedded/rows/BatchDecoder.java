package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireColumn;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns received record batches into batches of the engine, at most [Batch#MAX_ROWS] rows each.
public final class BatchDecoder {
    private final Schema target;

    /// @param target what the rows will go into; a column without type (only nulls) gets its type
    public BatchDecoder(Schema target) {
        this.target = target;
    }

    /// Hands on all rows, in order. The batches are fresh and may be kept.
    public void decode(WireBatch wire, Consumer<Batch> sink) {
        for (int from = 0; from < wire.rowCount(); from += Batch.MAX_ROWS) {
            int count = Math.min(Batch.MAX_ROWS, wire.rowCount() - from);
            List<Vector> columns = new ArrayList<>(wire.columns().size());
            for (int i = 0; i < wire.columns().size(); i++) {
                columns.add(vector(wire.column(i), i, from, count));
            }
            sink.accept(new Batch(count, columns));
        }
    }

    private Vector vector(WireColumn column, int index, int from, int count) {
        WireType wire = column.field().type();
        Type type = WireTypes.sqlType(wire);
        long[] validity = validity(column, from, count);
        return switch (wire.kind()) {
            case NULL -> new ConstantVector(target.type(index), count, Value.NULL);
            case BOOLEAN -> new BitVector(type, count, bits(column, from, count), validity);
            case INT8, INT16, INT32, INT64, DATE32 ->
                    new LongVector(type, count, longs(column, from, count), validity);
            case TIMESTAMP ->
                    new LongVector(type, count, timestamps(column, from, count), validity);
            case FLOAT32, FLOAT64 ->
                    new DoubleVector(type, count, doubles(column, from, count), validity);
            case DECIMAL128 -> decimals(column, type, validity, from, count);
            case UTF8, BINARY -> runs(column, type, validity, from, count);
        };
    }

    private static long @Nullable [] validity(WireColumn column, int from, int count) {
        if (column.isAllValid()) {
            return null;
        }
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            validity[i >> 6] |= (column.isNull(from + i) ? 0L : 1L) << i;
        }
        return validity;
    }

    private static long[] bits(WireColumn column, int from, int count) {
        long[] words = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            words[i >> 6] |= (column.booleanAt(from + i) ? 1L : 0L) << i;
        }
        return words;
    }

    private static long[] longs(WireColumn column, int from, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = column.longAt(from + i);
        }
        return values;
    }

    private static long[] timestamps(WireColumn column, int from, int count) {
        long factor = WireTypes.timestampFactor(column.field().type());
        long[] values = longs(column, from, count);
        for (int i = 0; i < count && factor != 1; i++) {
            values[i] = column.isNull(from + i) ? 0 : scaled(values[i], factor);
        }
        return values;
    }

    static long scaled(long value, long factor) {
        long high = Math.multiplyHigh(value, factor);
        long low = value * factor;
        if (high != low >> 63) {
            throw new BasaltException(
                    ErrorCode.DATETIME_OVERFLOW, "a timestamp lies outside of what can be stored");
        }
        return low;
    }

    private static double[] doubles(WireColumn column, int from, int count) {
        boolean isNarrow = column.field().type().kind() == WireType.Kind.FLOAT32;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = isNarrow ? column.float32At(from + i) : column.float64At(from + i);
        }
        return values;
    }

    private static Vector decimals(
            WireColumn column, Type type, long @Nullable [] validity, int from, int count) {
        long[] high = new long[count];
        long[] low = new long[count];
        long bad = 0;
        for (int i = 0; i < count; i++) {
            high[i] = column.decimalHighAt(from + i);
            low[i] = column.decimalLowAt(from + i);
            bad |= high[i] ^ low[i] >> 63;
        }
        return bad == 0
                ? new LongVector(type, count, low, validity)
                : new WideVector(type, count, high, low, validity);
    }

    private static BytesVector runs(
            WireColumn column, Type type, long @Nullable [] validity, int from, int count) {
        int[] start = new int[count];
        int[] length = new int[count];
        int heapBytes = 0;
        for (int i = 0; i < count; i++) {
            if (!column.isNull(from + i)) {
                length[i] = column.textLength(from + i);
                start[i] = heapBytes;
                heapBytes = Math.addExact(heapBytes, length[i]);
            }
        }
        byte[] heap = new byte[heapBytes];
        for (int i = 0; i < count; i++) {
            if (length[i] > 0) {
                byte[] source = column.textBytes(from + i);
                System.arraycopy(source, column.textOffset(from + i), heap, start[i], length[i]);
                if (type instanceof Type.Text) {
                    checkText(heap, start[i], length[i], column);
                }
            }
        }
        return new BytesVector(type, count, heap, start, length, validity);
    }

    static void checkText(byte[] bytes, int start, int length, WireColumn column) {
        if (!Utf8Check.isValid(bytes, start, length)) {
            throw new BasaltException(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                    "column " + column.field().name() + " holds text that is not UTF-8");
        }
    }
}
