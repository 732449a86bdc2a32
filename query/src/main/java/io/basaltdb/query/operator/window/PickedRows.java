package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;

/// The rows of one column that a call has picked, one per row of a batch or none.
final class PickedRows {
    static final int NONE = -1;

    private final ColumnStore values;
    private final int[] rows = new int[Batch.MAX_ROWS];
    private final long[] valid = new long[Validity.words(Batch.MAX_ROWS)];
    private final GatherBuffer buffer = new GatherBuffer();
    private boolean missing;

    PickedRows(ColumnStore values) {
        this.values = values;
    }

    /// @param row of the store, or [#NONE] for NULL
    void set(int lane, int row) {
        rows[lane] = Math.max(row, 0);
        boolean none = row == NONE;
        missing |= none;
        long bit = none || values.isNull(row) ? 0 : 1;
        valid[lane >> 6] = (valid[lane >> 6] & ~(1L << lane)) | bit << lane;
    }

    /// The values of the first `count` lanes, lent until the next call.
    Vector gather(int count) {
        Vector vector = values.gather(rows, count, buffer);
        if (!missing) {
            return vector;
        }
        missing = false;
        long[] words = Arrays.copyOf(valid, Validity.words(count));
        return switch (vector) {
            case LongVector(var type, int size, long[] longs, _, int bits) ->
                    new LongVector(type, size, longs, words, bits);
            case DoubleVector(var type, int size, double[] doubles, _) ->
                    new DoubleVector(type, size, doubles, words);
            case WideVector(var type, int size, long[] high, long[] low, _) ->
                    new WideVector(type, size, high, low, words);
            case BitVector(var type, int size, long[] bits, _) ->
                    new BitVector(type, size, bits, words);
            case BytesVector(var type, int size, byte[] heap, int[] start, int[] length, _) ->
                    new BytesVector(type, size, heap, start, length, words);
            case DictionaryVector(int size, int[] codes, Dictionary dictionary, _) ->
                    new DictionaryVector(size, codes, dictionary, words);
            case ConstantVector _ -> throw new AssertionError("a store gives no constants");
        };
    }
}
