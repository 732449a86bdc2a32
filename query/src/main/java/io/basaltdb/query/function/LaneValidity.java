package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Validity of results: words of the arguments combined, and words of one's own.
@SuppressWarnings("ReferenceEquality") // arrays are told apart by identity
public final class LaneValidity {
    private long[] words = new long[0];
    private int[] rows = new int[0];

    /// Valid where every argument is; null where none has nulls. Lent until the next use.
    public long @Nullable [] ofAll(List<Vector> arguments, int size) {
        long[] merged = null;
        boolean own = false;
        for (int i = 0; i < arguments.size(); i++) {
            long[] validity = arguments.get(i).validity();
            if (validity == null) {
                continue;
            }
            if (merged == null) {
                merged = validity;
            } else if (merged != validity) {
                if (!own) {
                    words = Scratch.longs(words, Validity.words(size));
                }
                Bits.and(merged, validity, words, Validity.words(size));
                merged = words;
                own = true;
            }
        }
        return merged;
    }

    /// A copy that may be written to; all valid where there was none. Lent until the next use.
    public long[] writable(long @Nullable [] validity, int size) {
        int count = Validity.words(size);
        if (validity == words && validity.length >= count) {
            return words;
        }
        words = Scratch.longs(words, count);
        if (validity == null) {
            Bits.fill(words, -1L, count);
        } else {
            Bits.copy(validity, words, count);
        }
        return words;
    }

    /// The rows that are selected and valid. Lent until the next use.
    public Selection live(long @Nullable [] validity, int size, @Nullable Selection selection) {
        if (validity == null && selection != null) {
            return selection;
        }
        rows = Scratch.ints(rows, size);
        if (selection != null && validity != null) {
            int count = Bits.filterRows(validity, selection.rows(), selection.count(), rows);
            return new Selection(rows, count);
        }
        if (validity != null) {
            return new Selection(rows, Bits.toRows(validity, rows, size));
        }
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        return new Selection(rows, size);
    }
}
