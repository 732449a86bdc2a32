package io.basaltdb.storage.table;

import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorts rows of a [RowStore] by some of its columns: ascending, nulls last, equal rows in the order given.
///
/// Every key column becomes one or more **digits**: unsigned numbers of as few bits as its values need, in the order of the values, the
/// null above all. As many digits as fit go into the high bits of one `long`, the row's place into the low ones, and the library
/// sorts these longs: no comparator, no object, and stable by itself. Runs of equal digits go on with the next ones. Text gives
/// its first bytes as digits, whatever is left is compared.
final class SortOrder {
    private static final int LANE_BITS = 12;
    private static final int LANE_MASK = (1 << LANE_BITS) - 1;
    private static final int TEXT_DIGITS = 4;
    private static final int SHORT_RUN = 12;

    private final DeltaView view;
    private final int[] rows;
    private final List<Digit> digits = new ArrayList<>();
    private final int placeBits;
    private final int room;
    private final long[] keys;
    private final int[] scratch;

    /// A number per row, and how many bits it has. Or, without numbers, a text column to be compared.
    private record Digit(long @Nullable [] codes, int bits, Vector[] texts) {}

    private static final Vector[] NO_TEXTS = {};

    private SortOrder(DeltaView view, int[] rows) {
        this.view = view;
        this.rows = rows;
        this.placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(rows.length - 1);
        this.room = Long.SIZE - 1 - placeBits;
        this.keys = new long[rows.length];
        this.scratch = new int[rows.length];
    }

    /// The address of a row: its chunk and its lane there.
    static int address(int chunk, int lane) {
        return chunk << LANE_BITS | lane;
    }

    static int chunk(int address) {
        return address >>> LANE_BITS;
    }

    static int lane(int address) {
        return address & LANE_MASK;
    }

    /// The addresses of all rows of the view.
    static int[] all(DeltaView view) {
        int[] rows = new int[Math.toIntExact(view.rowCount())];
        int at = 0;
        for (int c = 0; c < view.chunkCount(); c++) {
            int count = view.rows(c);
            for (int i = 0; i < count; i++) {
                rows[at++] = address(c, i);
            }
        }
        return rows;
    }

    /// The addresses of all rows but those that are dead, counted from the first.
    static int[] all(DeltaView view, DeleteVector dead) {
        int[] addresses = all(view);
        if (dead.isEmpty()) {
            return addresses;
        }
        int count = 0;
        for (int i = 0; i < addresses.length; i++) {
            addresses[count] = addresses[i];
            count += dead.contains(i) ? 0 : 1;
        }
        return Arrays.copyOf(addresses, count);
    }

    /// The addresses in the order of those columns.
    static int[] sorted(DeltaView view, int[] rows, int[] columns) {
        if (columns.length == 0 || rows.length < 2) {
            return rows;
        }
        SortOrder order = new SortOrder(view, rows);
        for (int column : columns) {
            order.addDigits(column);
        }
        int[] places = new int[rows.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        order.sort(places, 0, places.length, 0);
        int[] result = new int[rows.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = rows[places[i]];
        }
        return result;
    }

    // ---- Digits

    private Vector vector(int chunk, int column) {
        return FlatVectors.flat(view.chunks()[chunk].columns()[column].vector(view.rows(chunk)));
    }

    private Vector[] vectors(int column) {
        Vector[] vectors = new Vector[view.chunkCount()];
        for (int c = 0; c < vectors.length; c++) {
            vectors[c] = vector(c, column);
        }
        return vectors;
    }

    private void addDigits(int column) {
        Vector[] vectors = vectors(column);
        if (vectors[0] instanceof BytesVector) {
            addText(vectors);
            return;
        }
        int n = rows.length;
        long[] codes = new long[n];
        boolean[] nulls = new boolean[n];
        long @Nullable [] low = vectors[0] instanceof WideVector ? new long[n] : null;
        boolean hasNulls = false;
        for (int i = 0; i < n; i++) {
            Vector vector = vectors[chunk(rows[i])];
            int lane = lane(rows[i]);
            if (vector.isNull(lane)) {
                nulls[i] = true;
                hasNulls = true;
            } else {
                codes[i] = code(vector, lane);
                if (low != null) {
                    low[i] = ((WideVector) vector).low()[lane];
                }
            }
        }
        addCodes(codes, hasNulls ? nulls : null);
        if (low != null) {
            addCodes(low, null);
        }
    }

    /// The value, or its high half, as an unsigned number in the order of the values.
    private static long code(Vector vector, int lane) {
        return switch (vector) {
            case LongVector longs -> longs.values()[lane] ^ Long.MIN_VALUE;
            case DoubleVector doubles -> orderedBits(doubles.values()[lane]);
            case WideVector wide -> wide.high()[lane] ^ Long.MIN_VALUE;
            case BitVector bits -> bits.get(lane) ? 1 : 0;
            default -> throw new AssertionError("a chunk's columns are flat");
        };
    }

    /// Bits that compare, unsigned, as doubles do: −0.0 as 0.0, NaN greatest.
    static long orderedBits(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    /// Adds a digit for those unsigned numbers, counted from the least; nulls come above the greatest.
    private void addCodes(long[] codes, boolean @Nullable [] nulls) {
        long min = -1L;
        long max = 0;
        for (int i = 0; i < codes.length; i++) {
            if (nulls == null || !nulls[i]) {
                min = Long.compareUnsigned(codes[i], min) < 0 ? codes[i] : min;
                max = Long.compareUnsigned(codes[i], max) > 0 ? codes[i] : max;
            }
        }
        long range = Long.compareUnsigned(min, max) > 0 ? 0 : max - min;
        if (nulls != null && range == -1L) {
            long[] flags = new long[codes.length];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = nulls[i] ? 1 : 0;
            }
            digits.add(new Digit(flags, 1, NO_TEXTS));
        }
        long nullCode = range == -1L ? 0 : range + 1;
        for (int i = 0; i < codes.length; i++) {
            codes[i] = nulls != null && nulls[i] ? nullCode : codes[i] - min;
        }
        long greatest = nulls != null && range != -1L ? nullCode : range;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(greatest);
        addDigit(codes, bits);
    }

    /// Adds the digit, or, where it has more bits than can be sorted at once, its high and then its low bits.
    private void addDigit(long[] codes, int bits) {
        if (bits > room) {
            int lowBits = bits - room;
            long[] low = new long[codes.length];
            for (int i = 0; i < codes.length; i++) {
                low[i] = codes[i] & ((1L << lowBits) - 1);
                codes[i] >>>= lowBits;
            }
            digits.add(new Digit(codes, room, NO_TEXTS));
            addDigit(low, lowBits);
        } else if (bits > 0) {
            digits.add(new Digit(codes, bits, NO_TEXTS));
        }
    }

    private void addText(Vector[] vectors) {
        int prefix = commonPrefix(vectors);
        int longest = 0;
        boolean hasNulls = false;
        boolean[] nulls = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            BytesVector text = (BytesVector) vectors[chunk(rows[i])];
            nulls[i] = text.isNull(lane(rows[i]));
            hasNulls |= nulls[i];
            longest = nulls[i] ? longest : Math.max(longest, text.length()[lane(rows[i])]);
        }
        int from = prefix;
        for (int d = 0; d < TEXT_DIGITS && from < longest; d++) {
            long[] codes = new long[rows.length];
            for (int i = 0; i < codes.length; i++) {
                codes[i] =
                        nulls[i]
                                ? 0
                                : word((BytesVector) vectors[chunk(rows[i])], lane(rows[i]), from);
            }
            addCodes(codes, hasNulls && d == 0 ? nulls : null);
            from += Long.BYTES;
        }
        if (longest == prefix && hasNulls) {
            addCodes(new long[rows.length], nulls);
        }
        if (longest > prefix) {
            digits.add(
                    new Digit(null, 0, vectors)); // longer than the digits, or ends in zero bytes
        }
    }

    /// Bytes that all texts begin with.
    private int commonPrefix(Vector[] vectors) {
        byte @Nullable [] prefix = null;
        int length = 0;
        for (int address : rows) {
            BytesVector text = (BytesVector) vectors[chunk(address)];
            int lane = lane(address);
            if (text.isNull(lane)) {
                continue;
            }
            int start = text.start()[lane];
            int end = start + text.length()[lane];
            if (prefix == null) {
                prefix = Arrays.copyOfRange(text.heap(), start, end);
                length = prefix.length;
            } else {
                int same =
                        Arrays.mismatch(
                                prefix,
                                0,
                                length,
                                text.heap(),
                                start,
                                Math.min(end, start + length));
                length = same < 0 ? Math.min(length, end - start) : same;
            }
            if (length == 0) {
                return 0;
            }
        }
        return length;
    }

    /// Eight bytes from `from` on, the first in the highest place, zeros behind the end.
    static long word(BytesVector text, int lane, int from) {
        int start = text.start()[lane] + from;
        int end = text.start()[lane] + text.length()[lane];
        byte[] heap = text.heap();
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | (start + i < end ? heap[start + i] & 0xFF : 0);
        }
        return word;
    }

    // ---- Sorting

    /// Sorts `places[from … to − 1]` by the digits from `digit` on.
    private void sort(int[] places, int from, int to, int digit) {
        if (to - from < 2 || digit == digits.size()) {
            return;
        }
        if (to - from <= SHORT_RUN) {
            insertionSort(places, from, to, digit);
            return;
        }
        Digit first = digits.get(digit);
        if (first.codes == null) {
            mergeSort(places, from, to, first);
            sortEqualTexts(places, from, to, digit);
            return;
        }
        int next = pack(places, from, to, digit);
        int start = from;
        while (start < to) {
            long key = keys[start];
            int end = start + 1;
            while (end < to && keys[end] == key) {
                end++;
            }
            sort(places, start, end, next);
            start = end;
        }
    }

    /// Sorts by as many digits as fit and leaves their joint value in `keys`; returns the digit after them.
    private int pack(int[] places, int from, int to, int digit) {
        int used = 0;
        int next = digit;
        Arrays.fill(keys, from, to, 0);
        while (next < digits.size()) {
            Digit more = digits.get(next);
            if (more.codes == null || used + more.bits > room) {
                break;
            }
            for (int i = from; i < to; i++) {
                keys[i] = keys[i] << more.bits | more.codes[places[i]];
            }
            used += more.bits;
            next++;
        }
        for (int i = from; i < to; i++) {
            keys[i] = keys[i] << placeBits | (i - from);
        }
        Arrays.sort(keys, from, to);
        System.arraycopy(places, from, scratch, from, to - from);
        int mask = (1 << placeBits) - 1;
        for (int i = from; i < to; i++) {
            places[i] = scratch[from + (int) (keys[i] & mask)];
            keys[i] >>>= placeBits;
        }
        return next;
    }

    private void insertionSort(int[] places, int from, int to, int digit) {
        for (int i = from + 1; i < to; i++) {
            int place = places[i];
            int at = i;
            while (at > from && compare(places[at - 1], place, digit) > 0) {
                places[at] = places[at - 1];
                at--;
            }
            places[at] = place;
        }
    }

    private int compare(int left, int right, int digit) {
        for (int d = digit; d < digits.size(); d++) {
            Digit next = digits.get(d);
            int order =
                    next.codes == null
                            ? compareText(next, left, right)
                            : Long.compareUnsigned(next.codes[left], next.codes[right]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compareText(Digit digit, int left, int right) {
        Vector[] vectors = digit.texts;
        BytesVector a = (BytesVector) vectors[chunk(rows[left])];
        BytesVector b = (BytesVector) vectors[chunk(rows[right])];
        int i = lane(rows[left]);
        int j = lane(rows[right]);
        if (a.isNull(i) || b.isNull(j)) {
            return Boolean.compare(a.isNull(i), b.isNull(j));
        }
        return Arrays.compareUnsigned(
                a.heap(),
                a.start()[i],
                a.start()[i] + a.length()[i],
                b.heap(),
                b.start()[j],
                b.start()[j] + b.length()[j]);
    }

    /// Sorts by one text column, stable.
    private void mergeSort(int[] places, int from, int to, Digit text) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(places, from, middle, text);
        mergeSort(places, middle, to, text);
        if (compareText(text, places[middle - 1], places[middle]) <= 0) {
            return;
        }
        System.arraycopy(places, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        int at = from;
        while (left < middle) {
            places[at++] =
                    right < to && compareText(text, scratch[left], places[right]) > 0
                            ? places[right++]
                            : scratch[left++];
        }
    }

    private void sortEqualTexts(int[] places, int from, int to, int digit) {
        int start = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || compareText(digits.get(digit), places[start], places[i]) != 0) {
                sort(places, start, i, digit + 1);
                start = i;
            }
        }
    }
}
