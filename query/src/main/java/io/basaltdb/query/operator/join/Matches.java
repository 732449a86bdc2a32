package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lays build rows beside probe lanes.
final class Matches {
    private final RowStore build;
    private final List<GatherBuffer> buffers;
    private final long[][] validities;

    Matches(RowStore build) {
        this.build = build;
        this.buffers = RowStore.buffers(build.columnCount());
        this.validities = new long[build.columnCount()][Batch.MAX_ROWS / 64];
    }

    /// The probe's columns followed by the build columns, with row `rows[i]` in lane `lanes[i]`; other lanes hold anything.
    List<Vector> beside(Batch probe, int[] rows, int[] lanes, int count) {
        List<Vector> columns = new ArrayList<>(probe.columnCount() + build.columnCount());
        columns.addAll(probe.columns());
        for (int c = 0; c < build.columnCount(); c++) {
            columns.add(build.column(c).scatter(rows, lanes, count, probe.size(), buffers.get(c)));
        }
        return columns;
    }

    /// As [#beside], with NULL in all other lanes.
    List<Vector> besideOrNull(Batch probe, int[] rows, int[] lanes, int count) {
        List<Vector> columns = new ArrayList<>(probe.columnCount() + build.columnCount());
        columns.addAll(probe.columns());
        for (int c = 0; c < build.columnCount(); c++) {
            Vector values =
                    build.column(c).scatter(rows, lanes, count, probe.size(), buffers.get(c));
            columns.add(withValidity(values, matchedAndValid(values, lanes, count, validities[c])));
        }
        return columns;
    }

    private static long[] matchedAndValid(Vector values, int[] lanes, int count, long[] words) {
        Arrays.fill(words, 0);
        for (int i = 0; i < count; i++) {
            int lane = lanes[i];
            words[lane >> 6] |= (values.isNull(lane) ? 0L : 1L) << lane;
        }
        return words;
    }

    private static Vector withValidity(Vector vector, long[] validity) {
        return switch (vector) {
            case LongVector(var type, int size, long[] values, _, int bits) ->
                    new LongVector(type, size, values, validity, bits);
            case DoubleVector(var type, int size, double[] values, _) ->
                    new DoubleVector(type, size, values, validity);
            case WideVector(var type, int size, long[] high, long[] low, _) ->
                    new WideVector(type, size, high, low, validity);
            case BitVector(var type, int size, long[] words, _) ->
                    new BitVector(type, size, words, validity);
            case BytesVector(var type, int size, byte[] heap, int[] start, int[] length, _) ->
                    new BytesVector(type, size, heap, start, length, validity);
            case DictionaryVector(int size, int[] codes, var dictionary, _) ->
                    new DictionaryVector(size, codes, dictionary, validity);
            case ConstantVector constant -> constant;
        };
    }
}
