package io.basaltdb.query.operator;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies of lent batches that hold the rows only: no selection, no lanes that do not count. Dictionaries and constants stay what they are.
public final class BatchCopy {
    private BatchCopy() {}

    /// A batch of its own with the rows of the lent one.
    public static Batch copy(Batch batch) {
        int rowCount = batch.rowCount();
        List<Vector> columns = new ArrayList<>(batch.columnCount());
        for (Vector column : batch.columns()) {
            columns.add(copy(column, batch.selection(), rowCount));
        }
        return new Batch(rowCount, columns);
    }

    /// Bytes that [#copy] takes, dictionaries left out (they belong to the scan).
    public static long bytes(Batch batch) {
        long bytes = 64;
        int rowCount = batch.rowCount();
        for (Vector column : batch.columns()) {
            bytes += bytes(column, batch.selection(), rowCount);
        }
        return bytes;
    }

    private static long bytes(Vector column, @Nullable Selection rows, int rowCount) {
        long validity = column.mayHaveNulls() ? Validity.words(rowCount) * 8L : 0;
        return 64
                + validity
                + switch (column) {
                    case LongVector _, DoubleVector _ -> rowCount * 8L;
                    case WideVector _ -> rowCount * 16L;
                    case BitVector _ -> Validity.words(rowCount) * 8L;
                    case DictionaryVector _ -> rowCount * 4L;
                    case ConstantVector _ -> 0;
                    case BytesVector bytes -> rowCount * 8L + heapBytes(bytes, rows, rowCount);
                };
    }

    private static long heapBytes(BytesVector column, @Nullable Selection rows, int rowCount) {
        long total = 0;
        for (int i = 0; i < rowCount; i++) {
            int lane = rows == null ? i : rows.rows()[i];
            total += column.isNull(lane) ? 0 : column.length()[lane];
        }
        return total;
    }

    private static Vector copy(Vector column, @Nullable Selection rows, int count) {
        long[] validity = validity(column.validity(), rows, count);
        return switch (column) {
            case LongVector(var type, _, long[] values, _, int bits) ->
                    new LongVector(type, count, longs(values, rows, count), validity, bits);
            case DoubleVector(var type, _, double[] values, _) ->
                    new DoubleVector(type, count, doubles(values, rows, count), validity);
            case WideVector(var type, _, long[] high, long[] low, _) ->
                    new WideVector(
                            type,
                            count,
                            longs(high, rows, count),
                            longs(low, rows, count),
                            validity);
            case BitVector(var type, _, long[] words, _) ->
                    new BitVector(type, count, bits(words, rows, count), validity);
            case DictionaryVector(_, int[] codes, var dictionary, _) ->
                    new DictionaryVector(count, ints(codes, rows, count), dictionary, validity);
            case ConstantVector constant ->
                    new ConstantVector(constant.type(), count, constant.value());
            case BytesVector bytes -> bytes(bytes, rows, count, validity);
        };
    }

    private static BytesVector bytes(
            BytesVector column, @Nullable Selection rows, int count, long @Nullable [] validity) {
        byte[] heap = new byte[Math.toIntExact(heapBytes(column, rows, count))];
        int[] start = new int[count];
        int[] length = new int[count];
        int used = 0;
        for (int i = 0; i < count; i++) {
            int lane = rows == null ? i : rows.rows()[i];
            start[i] = used;
            if (Validity.isValid(validity, i)) {
                length[i] = column.length()[lane];
                System.arraycopy(column.heap(), column.start()[lane], heap, used, length[i]);
                used += length[i];
            }
        }
        return new BytesVector(column.type(), count, heap, start, length, validity);
    }

    /// The bits of the rows, in a fresh array; null stays null.
    static long @Nullable [] validity(
            long @Nullable [] words, @Nullable Selection rows, int count) {
        return words == null ? null : bits(words, rows, count);
    }

    private static long[] bits(long[] words, @Nullable Selection rows, int count) {
        if (rows == null) {
            return Arrays.copyOf(words, Validity.words(count));
        }
        long[] out = new long[Validity.words(count)];
        gatherBits(words, rows.rows(), count, out);
        return out;
    }

    /// Puts the bits of the lanes that `rows` names into the first `count` bits of `out`, which need not be zero before.
    public static void gatherBits(long[] words, int[] rows, int count, long[] out) {
        Arrays.fill(out, 0, Validity.words(count), 0);
        for (int i = 0; i < count; i++) {
            int lane = rows[i];
            out[i >> 6] |= (words[lane >> 6] >>> lane & 1L) << i;
        }
    }

    private static long[] longs(long[] values, @Nullable Selection rows, int count) {
        if (rows == null) {
            return Arrays.copyOf(values, count);
        }
        long[] out = new long[count];
        int[] lanes = rows.rows();
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
        return out;
    }

    private static double[] doubles(double[] values, @Nullable Selection rows, int count) {
        if (rows == null) {
            return Arrays.copyOf(values, count);
        }
        double[] out = new double[count];
        int[] lanes = rows.rows();
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
        return out;
    }

    private static int[] ints(int[] values, @Nullable Selection rows, int count) {
        if (rows == null) {
            return Arrays.copyOf(values, count);
        }
        int[] out = new int[count];
        int[] lanes = rows.rows();
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
        return out;
    }
}
