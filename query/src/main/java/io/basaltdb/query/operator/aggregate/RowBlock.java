package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Some rows on their way into an aggregation: the columns that the calls need, flat, and which rows count for which call. Masks and converted values are made
/// at most once per block. One per lane or task.
final class RowBlock {
    private final AggregateShape shape;
    final FlatColumn[] keys;
    final FlatColumn[] inputs;
    int count;

    private final long[][] maskWords;
    private final boolean[] maskMade;
    private final long[] @Nullable [] masks;
    private final long[][] ordered;
    private final boolean[] orderedMade;
    private long[] scratch = {};

    /// Groups of the rows.
    int[] groups = {};

    RowBlock(AggregateShape shape) {
        this.shape = shape;
        this.keys = shape.newKeyColumns();
        this.inputs = shape.newInputColumns();
        int maskCount = shape.masks().size();
        maskWords = new long[maskCount][0];
        maskMade = new boolean[maskCount];
        masks = new long[maskCount][];
        ordered = new long[inputs.length][0];
        orderedMade = new boolean[inputs.length];
    }

    /// Begins a new block of that many rows; the columns are set by the caller.
    void begin(int rowCount) {
        count = rowCount;
        Arrays.fill(maskMade, false);
        Arrays.fill(orderedMade, false);
        groups = FlatColumn.grown(groups, rowCount);
    }

    /// Bits of the rows that count under that mask; null where all do.
    long @Nullable [] mask(int index) {
        if (!maskMade[index]) {
            masks[index] = makeMask(index);
            maskMade[index] = true;
        }
        return masks[index];
    }

    private long @Nullable [] makeMask(int index) {
        AggregateShape.Mask mask = shape.masks().get(index);
        int words = Validity.words(count);
        long[] out = FlatColumn.grown(maskWords[index], words);
        maskWords[index] = out;
        boolean all = true;
        Arrays.fill(out, 0, words, -1L);
        for (int input : mask.inputs()) {
            all &= and(inputs[input].validity, out, words);
        }
        if (mask.filter() >= 0) {
            FlatColumn filter = inputs[mask.filter()];
            all &= and(filter.validity, out, words);
            andBits(filter.longs, count, out);
            all = false;
        }
        if (all || Validity.count(out, count) == count) {
            return null;
        }
        // Bits behind the last row are zero, so that words can be counted.
        if ((count & 63) != 0) {
            out[words - 1] &= (1L << count) - 1;
        }
        return out;
    }

    /// Whether nothing had to be done.
    private static boolean and(long @Nullable [] validity, long[] out, int words) {
        if (validity == null) {
            return true;
        }
        for (int i = 0; i < words; i++) {
            out[i] &= validity[i];
        }
        return false;
    }

    private static void andBits(long[] bits, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i >> 6] &= ~((bits[i] ^ 1) << i);
        }
    }

    /// The column's values as longs that order as they do: doubles in their order-preserving form, with one zero and one NaN.
    long[] ordered(int input) {
        FlatColumn column = inputs[input];
        if (column.physical != Physical.DOUBLE) {
            return column.longs;
        }
        if (!orderedMade[input]) {
            ordered[input] = FlatColumn.grown(ordered[input], count);
            order(column.doubles, count, ordered[input]);
            orderedMade[input] = true;
        }
        return ordered[input];
    }

    private static void order(double[] values, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = OrderedDouble.toLong(values[i]);
        }
    }

    /// The values where the mask's bit is set, and `otherwise` where it is not; lent until the next call.
    long[] masked(long[] values, long[] mask, long otherwise) {
        scratch = FlatColumn.grown(scratch, count);
        mask(values, mask, otherwise, count, scratch);
        return scratch;
    }

    private static void mask(long[] values, long[] mask, long otherwise, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            long keep = -(mask[i >> 6] >>> i & 1);
            out[i] = (values[i] & keep) | (otherwise & ~keep);
        }
    }
}
