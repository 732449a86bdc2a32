package io.basaltdb.query.operator.sort;

import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first key of the last row that a top-N can still give: no row behind it matters. Shared by all lanes, and by the scan, which then
/// leaves granules out and reads further columns only for rows that may matter.
///
/// Keeps the first keys seen in a heap whose root is the last of them, so that the bound stands as soon as enough rows have been seen. Keys of
/// other forms than one `long` have no bound. A row with the bound's own key still passes: the next keys decide.
final class TopNBound implements DynamicFilter {
    /// More rows than that are not worth a heap; then a lane says what it knows when it cuts ([#lower]).
    private static final int MOST_HEAP_ROWS = 1 << 13;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final boolean nullsFirst;
    private final int needed;

    /// Turns a key into one that ascends, and back.
    private final long flip;

    // Guarded by this object's monitor, like the ranges.
    private long[] heap = new long[16];
    private int size;
    private @Nullable Ranges ranges;
    private long rangesBound = UNKNOWN;

    /// Ascending; only falls. The greatest value of all prunes nothing and so stands for none.
    private volatile long bound = UNKNOWN;

    TopNBound(SortKey key, int needed) {
        this.nullsFirst = key.nullsFirst();
        this.needed = needed;
        this.flip = key.descending() ? -1L : 0L;
    }

    /// Notes the keys of rows that are candidates.
    void note(Vector keys, @Nullable Selection among) {
        if (needed > MOST_HEAP_ROWS
                || needed == 0
                || !(keys instanceof LongVector(_, int rows, long[] values, long[] validity, _))) {
            return;
        }
        synchronized (this) {
            int count = among == null ? rows : among.count();
            for (int i = 0; i < count; i++) {
                int lane = among == null ? i : among.rows()[i];
                if (validity == null || (validity[lane >> 6] >>> lane & 1) != 0) {
                    note(values[lane] ^ flip);
                } else if (nullsFirst) {
                    note(Long.MIN_VALUE);
                }
            }
            if (size == needed) {
                bound = Math.min(bound, heap[0]);
            }
        }
    }

    private void note(long word) {
        if (size < needed) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, Math.min(needed, 2 * size));
            }
            rise(size++, word);
        } else if (word < heap[0]) {
            sink(word);
        }
    }

    private void rise(int from, long word) {
        int at = from;
        while (at > 0 && heap[(at - 1) >> 1] < word) {
            heap[at] = heap[(at - 1) >> 1];
            at = (at - 1) >> 1;
        }
        heap[at] = word;
    }

    /// Puts the word in the root's place.
    private void sink(long word) {
        int at = 0;
        int child;
        while ((child = 2 * at + 1) < size) {
            if (child + 1 < size && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[child] <= word) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = word;
    }

    /// Enough rows are known whose keys do not come behind this one.
    synchronized void lower(long key) {
        bound = Math.min(bound, key ^ flip);
    }

    @Override
    public @Nullable Ranges ranges() {
        long now = bound;
        if (now == UNKNOWN) {
            return null;
        }
        synchronized (this) {
            if (ranges == null || rangesBound > now) {
                Value last = Value.of(now ^ flip);
                Ranges.Interval interval =
                        flip == 0
                                ? new Ranges.Interval(null, false, last, true)
                                : new Ranges.Interval(last, true, null, false);
                ranges = new Ranges(List.of(interval), nullsFirst);
                rangesBound = now;
            }
            return ranges;
        }
    }

    @Override
    public @Nullable Selection select(Vector values, @Nullable Selection among, int[] scratch) {
        long last = bound;
        if (last == UNKNOWN
                || !(values instanceof LongVector(_, int size, long[] keys, long[] validity, _))) {
            return null;
        }
        int[] rows = among == null ? null : among.rows();
        int count = among == null ? size : among.count();
        int kept =
                validity == null
                        ? select(keys, rows, count, flip, last, scratch)
                        : select(keys, validity, nullsFirst, rows, count, flip, last, scratch);
        return new Selection(scratch, kept);
    }

    private static int select(
            long[] keys, int @Nullable [] rows, int count, long flip, long last, int[] out) {
        int kept = 0;
        if (rows == null) {
            for (int i = 0; i < count; i++) {
                out[kept] = i;
                kept += (keys[i] ^ flip) <= last ? 1 : 0;
            }
            return kept;
        }
        for (int i = 0; i < count; i++) {
            int lane = rows[i];
            out[kept] = lane;
            kept += (keys[lane] ^ flip) <= last ? 1 : 0;
        }
        return kept;
    }

    private static int select(
            long[] keys,
            long[] validity,
            boolean nullsPass,
            int @Nullable [] rows,
            int count,
            long flip,
            long last,
            int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = rows == null ? i : rows[i];
            boolean valid = (validity[lane >> 6] >>> lane & 1) != 0;
            out[kept] = lane;
            kept += (valid ? (keys[lane] ^ flip) <= last : nullsPass) ? 1 : 0;
        }
        return kept;
    }
}
