package io.basaltdb.query.operator.sort;

import io.basaltdb.query.kernel.PrefixWord;
import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first key of the last row that a top-N can still give: no row behind it matters. Shared by all lanes, and by the scan, which then
/// leaves granules out and reads further columns only for rows that may matter.
///
/// Keeps the first keys seen in a heap whose root is the last of them, so that the bound stands as soon as enough rows have been seen. Keys that
/// are texts stand for their first eight bytes; keys of other forms have no bound. A row with the key of the last one still passes where the rest of the text, or
/// the next keys decide; where the key is all of the order, it brings nothing that the rows known do not have.
final class TopNBound implements DynamicFilter {
    /// More rows than that are not worth a heap; then a lane says what it knows when it cuts ([#lower]).
    private static final int MOST_HEAP_ROWS = 1 << 13;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final boolean nullsFirst;
    private final int needed;
    private final boolean isText;

    /// 1 where a row must come before the last one known to matter, 0 where it may have the same key.
    private final int margin;

    /// Turns a key into one that ascends, and back.
    private final long flip;

    // Guarded by this object's monitor, like the ranges.
    private long[] heap = new long[16];
    private int size;
    private @Nullable Ranges ranges;
    private long rangesBound = UNKNOWN;

    /// Ascending; only falls. The greatest value of all prunes nothing and so stands for none.
    private volatile long bound = UNKNOWN;

    /// Where the bound lies among the codes of one dictionary.
    private record CodeLimit(Dictionary dictionary, long bound, int firstBeyond) {}

    /// The last one asked for; lanes that read other dictionaries replace it.
    private volatile @Nullable CodeLimit codeLimit;

    /// @param isText whether the key's column is of texts
    /// @param isOnly whether no other keys follow
    TopNBound(SortKey key, boolean isText, boolean isOnly, int needed) {
        this.isText = isText;
        this.margin = isOnly && !isText ? 1 : 0;
        this.nullsFirst = key.nullsFirst();
        this.needed = needed;
        this.flip = key.descending() ? -1L : 0L;
    }

    /// Notes the keys of rows that are candidates.
    void note(Vector keys, @Nullable Selection among) {
        if (needed > MOST_HEAP_ROWS || needed == 0 || !hasWords(keys)) {
            return;
        }
        synchronized (this) {
            int count = among == null ? keys.size() : among.count();
            for (int i = 0; i < count; i++) {
                int lane = among == null ? i : among.rows()[i];
                if (!keys.isNull(lane)) {
                    note(word(keys, lane));
                } else if (nullsFirst) {
                    note(Long.MIN_VALUE);
                }
            }
            if (size == needed) {
                fallTo(heap[0]);
            }
        }
    }

    private static boolean hasWords(Vector keys) {
        return switch (keys) {
            case LongVector _, BytesVector _ -> true;
            case DictionaryVector coded -> coded.dictionary().values() instanceof BytesVector;
            case DoubleVector _, WideVector _, BitVector _, ConstantVector _ -> false;
        };
    }

    /// The key in that lane, as it is kept here.
    private long word(Vector keys, int lane) {
        return switch (keys) {
            case LongVector longs -> longs.values()[lane] ^ flip;
            case BytesVector texts ->
                    textWord(texts.heap(), texts.start()[lane], texts.length()[lane]) ^ flip;
            case DictionaryVector coded -> word(coded.dictionary().values(), coded.codes()[lane]);
            case DoubleVector _, WideVector _, BitVector _, ConstantVector _ ->
                    throw new AssertionError("no word");
        };
    }

    /// Compares as signed number.
    private static long textWord(byte[] heap, int start, int length) {
        return PrefixWord.of(heap, start, length) ^ Long.MIN_VALUE;
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
        fallTo(key ^ flip);
    }

    /// The least of all words has none before it.
    private void fallTo(long last) {
        bound = Math.min(bound, last == Long.MIN_VALUE ? last : last - margin);
    }

    @Override
    public @Nullable Ranges ranges() {
        long now = bound;
        if (now == UNKNOWN) {
            return null;
        }
        synchronized (this) {
            if (ranges == null || rangesBound > now) {
                ranges = new Ranges(List.of(interval(now ^ flip)), nullsFirst);
                rangesBound = now;
            }
            return ranges;
        }
    }

    private Ranges.Interval interval(long last) {
        if (!isText) {
            return flip == 0
                    ? new Ranges.Interval(null, false, Value.of(last), true)
                    : new Ranges.Interval(Value.of(last), true, null, false);
        }
        long prefix = last ^ Long.MIN_VALUE;
        return flip == 0
                ? new Ranges.Interval(null, false, prefix == -1 ? null : bytes(prefix + 1), false)
                : new Ranges.Interval(bytes(prefix), true, null, false);
    }

    private static Value bytes(long prefix) {
        return new Value.Bytes(PrefixWord.bytes(prefix));
    }

    @Override
    public @Nullable Selection select(Vector values, @Nullable Selection among, int[] scratch) {
        long last = bound;
        if (last == UNKNOWN || !hasWords(values)) {
            return null;
        }
        return switch (values) {
            case LongVector longs -> select(longs, among, last, scratch);
            case DictionaryVector coded when coded.dictionary().isOrdered() ->
                    selectCodes(coded, among, last, scratch);
            default -> selectWords(values, among, last, scratch);
        };
    }

    private Selection selectWords(
            Vector values, @Nullable Selection among, long last, int[] scratch) {
        int count = among == null ? values.size() : among.count();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = among == null ? i : among.rows()[i];
            scratch[kept] = lane;
            kept += (values.isNull(lane) ? nullsFirst : word(values, lane) <= last) ? 1 : 0;
        }
        return new Selection(scratch, kept);
    }

    /// The codes of a dictionary that may matter are those from its begin, or to its end.
    private Selection selectCodes(
            DictionaryVector coded, @Nullable Selection among, long last, int[] scratch) {
        CodeLimit limit = codeLimit;
        if (limit == null || limit.dictionary() != coded.dictionary() || limit.bound() != last) {
            limit = new CodeLimit(coded.dictionary(), last, firstBeyond(coded.dictionary(), last));
            codeLimit = limit;
        }
        int[] codes = coded.codes();
        long[] validity = coded.validity();
        int count = among == null ? coded.size() : among.count();
        // Ascending, codes below the limit pass; descending, those from it on.
        int beyond = limit.firstBeyond();
        boolean below = flip == 0;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = among == null ? i : among.rows()[i];
            boolean valid = validity == null || (validity[lane >> 6] >>> lane & 1) != 0;
            scratch[kept] = lane;
            kept += (valid ? codes[lane] < beyond == below : nullsFirst) ? 1 : 0;
        }
        return new Selection(scratch, kept);
    }

    /// The first code whose key comes behind the bound; descending, the first whose key does not.
    private int firstBeyond(Dictionary dictionary, long last) {
        int low = 0;
        int high = dictionary.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean passes = word(dictionary.values(), middle) <= last;
            if (passes == (flip == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Selection select(
            LongVector values, @Nullable Selection among, long last, int[] scratch) {
        int size = values.size();
        long[] keys = values.values();
        long[] validity = values.validity();
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
