package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.rows.BytesStore;
import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import java.util.List;

/// Compares the keys of pairs (probe lane, build row) column by column, none of them NULL.
record KeyEquality(RowStore build, List<Integer> probeColumns, List<Integer> buildColumns) {
    /// Keeps the pairs whose keys are equal, in order; returns how many.
    int retain(Batch probe, int[] lanes, int[] rows, int count) {
        int kept = count;
        for (int k = 0; k < probeColumns.size() && kept > 0; k++) {
            kept =
                    retain(
                            probe.column(probeColumns.get(k)),
                            build.column(buildColumns.get(k)),
                            lanes,
                            rows,
                            kept);
        }
        return kept;
    }

    private static int retain(Vector left, ColumnStore store, int[] lanes, int[] rows, int count) {
        Vector right = store.all();
        if (left instanceof DictionaryVector coded
                && store instanceof BytesStore bytes
                && bytes.dictionary() == coded.dictionary()) {
            return retainCodes(
                    coded.codes(), ((DictionaryVector) right).codes(), lanes, rows, count);
        }
        if (left instanceof LongVector a && right instanceof LongVector b) {
            return retainLongs(a.values(), b.values(), lanes, rows, count);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = lanes[i];
            int row = rows[i];
            lanes[kept] = lane;
            rows[kept] = row;
            kept += equal(left, lane, right, row) ? 1 : 0;
        }
        return kept;
    }

    private static int retainCodes(int[] left, int[] right, int[] lanes, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = lanes[i];
            int row = rows[i];
            lanes[kept] = lane;
            rows[kept] = row;
            kept += left[lane] == right[row] ? 1 : 0;
        }
        return kept;
    }

    private static int retainLongs(long[] left, long[] right, int[] lanes, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = lanes[i];
            int row = rows[i];
            lanes[kept] = lane;
            rows[kept] = row;
            kept += left[lane] == right[row] ? 1 : 0;
        }
        return kept;
    }

    private static boolean equal(Vector left, int lane, Vector right, int row) {
        return switch (left.type().physical()) {
            case LONG, WIDE ->
                    KeyHash.low(left, lane) == KeyHash.low(right, row)
                            && KeyHash.high(left, lane) == KeyHash.high(right, row);
            case DOUBLE -> Value.compareDoubles(floating(left, lane), floating(right, row)) == 0;
            case BITS -> bit(left, lane) == bit(right, row);
            case BYTES -> equalBytes(left, lane, right, row);
        };
    }

    private static double floating(Vector vector, int lane) {
        return switch (vector) {
            case DoubleVector(_, _, double[] values, _) -> values[lane];
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    floating(dictionary.values(), codes[lane]);
            case ConstantVector(_, _, Value.Floating(double value), _) -> value;
            case LongVector _, WideVector _, BitVector _, BytesVector _, ConstantVector _ ->
                    throw new AssertionError("not a floating number");
        };
    }

    private static boolean bit(Vector vector, int lane) {
        return switch (vector) {
            case BitVector bits -> bits.get(lane);
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    bit(dictionary.values(), codes[lane]);
            case ConstantVector(_, _, Value.Bool(boolean value), _) -> value;
            case LongVector _, WideVector _, DoubleVector _, BytesVector _, ConstantVector _ ->
                    throw new AssertionError("not a truth value");
        };
    }

    private static boolean equalBytes(Vector left, int lane, Vector right, int row) {
        return switch (left) {
            case BytesVector(_, _, byte[] heap, int[] start, int[] length, _) ->
                    equalBytes(heap, start[lane], length[lane], right, row);
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    equalBytes(dictionary.values(), codes[lane], right, row);
            case ConstantVector(_, _, Value.Bytes(byte[] bytes), _) ->
                    equalBytes(bytes, 0, bytes.length, right, row);
            case LongVector _, WideVector _, DoubleVector _, BitVector _, ConstantVector _ ->
                    throw new AssertionError("not text");
        };
    }

    private static boolean equalBytes(byte[] heap, int start, int length, Vector right, int row) {
        return switch (right) {
            case BytesVector(_, _, byte[] other, int[] starts, int[] lengths, _) ->
                    length == lengths[row]
                            && Arrays.equals(
                                    heap,
                                    start,
                                    start + length,
                                    other,
                                    starts[row],
                                    starts[row] + length);
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    equalBytes(heap, start, length, dictionary.values(), codes[row]);
            case ConstantVector(_, _, Value.Bytes(byte[] bytes), _) ->
                    Arrays.equals(heap, start, start + length, bytes, 0, bytes.length);
            case LongVector _, WideVector _, DoubleVector _, BitVector _, ConstantVector _ ->
                    throw new AssertionError("not text");
        };
    }
}
