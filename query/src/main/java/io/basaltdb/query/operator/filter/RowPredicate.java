package io.basaltdb.query.operator.filter;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A condition on the rows of batches, for one thread.
public final class RowPredicate {
    private final int column;
    private int[] rows = {};

    private RowPredicate(int column) {
        this.column = column;
    }

    public static RowPredicate of(Expression condition, EvaluationContext evaluation) {
        if (condition instanceof Expression.Column(int index, _)) {
            return new RowPredicate(index);
        }
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "conditions other than a column are not executed");
    }

    /// The rows of the batch for which the condition is true, lent until the next call; null where that is every lane.
    public @Nullable Selection select(Batch batch) {
        if (rows.length < batch.size()) {
            rows = new int[batch.size()];
        }
        return trueRows(batch.column(column), batch.selection(), batch.size(), rows);
    }

    /// The lanes among `among` where the BOOLEAN vector is true; null where that is every lane.
    static @Nullable Selection trueRows(
            Vector condition, @Nullable Selection among, int size, int[] out) {
        int count =
                switch (condition) {
                    case BitVector(_, _, long[] words, long[] validity) ->
                            trueBits(words, validity, among, size, out);
                    case ConstantVector(_, _, Value value, _) ->
                            value instanceof Value.Bool(boolean truth) && truth ? -1 : 0;
                    case DictionaryVector dictionary -> trueCodes(dictionary, among, size, out);
                    default -> throw new AssertionError("not a BOOLEAN: " + condition.type());
                };
        if (count < 0) {
            return among;
        }
        return count == size ? null : new Selection(out, count);
    }

    private static int trueCodes(
            DictionaryVector vector, @Nullable Selection among, int size, int[] out) {
        BitVector values = (BitVector) vector.dictionary().values();
        int count = 0;
        int last = among == null ? size : among.count();
        for (int i = 0; i < last; i++) {
            int lane = among == null ? i : among.rows()[i];
            if (!vector.isNull(lane) && values.get(vector.codes()[lane])) {
                out[count++] = lane;
            }
        }
        return count;
    }

    private static int trueBits(
            long[] words,
            long @Nullable [] validity,
            @Nullable Selection among,
            int size,
            int[] out) {
        int count = 0;
        if (among != null) {
            int[] lanes = among.rows();
            for (int i = 0; i < among.count(); i++) {
                int lane = lanes[i];
                long word = words[lane >> 6] & (validity == null ? -1L : validity[lane >> 6]);
                out[count] = lane;
                count += (int) (word >>> lane & 1);
            }
            return count;
        }
        for (int w = 0; w << 6 < size; w++) {
            long word = validity == null ? words[w] : words[w] & validity[w];
            int rest = size - (w << 6);
            word &= rest >= 64 ? -1L : (1L << rest) - 1;
            while (word != 0) {
                out[count++] = (w << 6) + Long.numberOfTrailingZeros(word);
                word &= word - 1;
            }
        }
        return count;
    }
}
