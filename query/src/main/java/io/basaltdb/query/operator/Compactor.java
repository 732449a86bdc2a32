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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves the few rows that a filter has left to the front, into arrays that are used again for each batch. Loops run dense over all lanes, so a batch with
/// few rows in many lanes costs every later operator as much as a full one. Strings and dictionary entries stay where they are. For one thread.
public final class Compactor {
    /// Below that share of lanes compaction pays: one gather per column against all dense loops behind it.
    private static final int LANES_PER_ROW = 8;

    private final List<Buffers> buffers = new ArrayList<>();

    /// Arrays of one column, as large as the largest batch so far.
    private static final class Buffers {
        private long[] longs = {};
        private long[] secondLongs = {};
        private double[] doubles = {};
        private int[] ints = {};
        private int[] secondInts = {};
        private long[] words = {};
        private long[] validity = {};
    }

    /// The batch itself, or where the selected rows are few, those rows alone; lent until the next call.
    public Batch compactIfSparse(Batch batch) {
        Selection rows = batch.selection();
        return rows != null && isSparse(rows.count(), batch.size()) ? compact(batch, rows) : batch;
    }

    /// Whether so few rows in so many lanes had better be moved to the front.
    public static boolean isSparse(int rowCount, int laneCount) {
        return rowCount * LANES_PER_ROW < laneCount;
    }

    private Batch compact(Batch batch, Selection rows) {
        List<Vector> columns = new ArrayList<>(batch.columnCount());
        for (int i = 0; i < batch.columnCount(); i++) {
            if (i == buffers.size()) {
                buffers.add(new Buffers());
            }
            columns.add(gather(batch.column(i), rows, buffers.get(i)));
        }
        return new Batch(rows.count(), columns);
    }

    private static Vector gather(Vector column, Selection selection, Buffers out) {
        int count = selection.count();
        int[] rows = selection.rows();
        return switch (column) {
            case LongVector(var type, _, long[] values, long[] validity, int bits) -> {
                out.longs = grown(out.longs, count);
                gather(values, rows, count, out.longs);
                yield new LongVector(
                        type, count, out.longs, valid(validity, rows, count, out), bits);
            }
            case DoubleVector(var type, _, double[] values, long[] validity) -> {
                out.doubles = out.doubles.length < count ? new double[count] : out.doubles;
                gather(values, rows, count, out.doubles);
                yield new DoubleVector(type, count, out.doubles, valid(validity, rows, count, out));
            }
            case WideVector(var type, _, long[] high, long[] low, long[] validity) -> {
                out.longs = grown(out.longs, count);
                out.secondLongs = grown(out.secondLongs, count);
                gather(high, rows, count, out.longs);
                gather(low, rows, count, out.secondLongs);
                yield new WideVector(
                        type, count, out.longs, out.secondLongs, valid(validity, rows, count, out));
            }
            case BitVector(var type, _, long[] words, long[] validity) -> {
                out.words = grown(out.words, Validity.words(count));
                BatchCopy.gatherBits(words, rows, count, out.words);
                yield new BitVector(type, count, out.words, valid(validity, rows, count, out));
            }
            case BytesVector(
                            var type,
                            _,
                            byte[] heap,
                            int[] start,
                            int[] length,
                            long[] validity) -> {
                out.ints = grown(out.ints, count);
                out.secondInts = grown(out.secondInts, count);
                gather(start, rows, count, out.ints);
                gather(length, rows, count, out.secondInts);
                yield new BytesVector(
                        type,
                        count,
                        heap,
                        out.ints,
                        out.secondInts,
                        valid(validity, rows, count, out));
            }
            case DictionaryVector(_, int[] codes, var dictionary, long[] validity) -> {
                out.ints = grown(out.ints, count);
                gather(codes, rows, count, out.ints);
                yield new DictionaryVector(
                        count, out.ints, dictionary, valid(validity, rows, count, out));
            }
            case ConstantVector constant ->
                    new ConstantVector(constant.type(), count, constant.value());
        };
    }

    private static long @Nullable [] valid(
            long @Nullable [] validity, int[] rows, int count, Buffers out) {
        if (validity == null) {
            return null;
        }
        out.validity = grown(out.validity, Validity.words(count));
        BatchCopy.gatherBits(validity, rows, count, out.validity);
        return out.validity;
    }

    private static long[] grown(long[] array, int size) {
        return array.length < size ? new long[size] : array;
    }

    private static int[] grown(int[] array, int size) {
        return array.length < size ? new int[size] : array;
    }

    private static void gather(long[] values, int[] rows, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[rows[i]];
        }
    }

    private static void gather(double[] values, int[] rows, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[rows[i]];
        }
    }

    private static void gather(int[] values, int[] rows, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[rows[i]];
        }
    }
}
