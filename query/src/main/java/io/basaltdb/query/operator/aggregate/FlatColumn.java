package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.BatchCopy;
import io.basaltdb.storage.memory.LongArrays;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of one column for the rows of a block, one after the other: no selection, no dictionary, no constant, so that every loop behind it is the
/// plain one. Points into the lent vector where that lies so already, else holds a copy in arrays of its own that are used again.
///
/// Which arrays count follows from the type: `longs` for LONG and BITS (0 or 1), `doubles`, `heap`/`start`/`length`, and for WIDE `longs` where
/// `narrow`, else `high` and `longs`. Lanes that are null may hold anything.
final class FlatColumn {
    private static final long[] NOTHING = {};

    final Type type;
    final Physical physical;

    long[] longs = {};
    long[] high = {};
    double[] doubles = {};
    byte[] heap = {};
    int[] start = {};
    int[] length = {};

    /// As in a vector: null where no row is null.
    long @Nullable [] validity;

    /// Whether the values of a WIDE column all fit one long.
    boolean narrow;

    /// As in [LongVector#magnitudeBits]: a bound on `longs`.
    int magnitudeBits;

    /// Where the values came from a dictionary: that, and each row's code in it.
    @Nullable Dictionary dictionary;

    int[] codes = {};

    private final int typeBits;
    private long[] ownLongs = {};
    private long[] ownHigh = {};
    private double[] ownDoubles = {};
    private int[] ownStart = {};
    private int[] ownLength = {};
    private long[] ownValidity = {};
    private int[] ownCodes = {};
    private byte[] ownHeap = {};
    private int heapUsed;

    FlatColumn(Type type) {
        this.type = type;
        this.physical = type.physical();
        this.typeBits = bits(type);
    }

    /// A bound that the type itself gives.
    private static int bits(Type type) {
        return switch (type) {
            case Type.Bool _ -> 1;
            case Type.Int(int bits) -> bits - 1;
            case Type.Decimal(int precision, _) ->
                    precision > Type.Decimal.MAX_LONG_PRECISION
                            ? LongVector.UNBOUNDED
                            : 64 - Long.numberOfLeadingZeros(tenTo(precision) - 1);
            case Type.Real _,
                    Type.DoublePrecision _,
                    Type.Date _,
                    Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    LongVector.UNBOUNDED;
        };
    }

    static long tenTo(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    boolean isNull(int row) {
        long[] words = validity;
        return words != null && (words[row >> 6] >>> row & 1) == 0;
    }

    /// Whether `longs` alone are the values.
    boolean isOneWord() {
        return physical != Physical.WIDE || narrow;
    }

    long high(int row) {
        return narrow ? longs[row] >> 63 : high[row];
    }

    /// Takes the chosen rows of the vector (null: all lanes), `count` of them.
    void set(Vector vector, @Nullable Selection rows, int count) {
        int[] chosen = rows == null ? null : rows.rows();
        magnitudeBits = typeBits;
        narrow = true;
        dictionary = null;
        setRowValidity(vector, chosen, count);
        switch (vector) {
            case LongVector(_, _, long[] values, _, int bits) -> {
                longs = chosen == null ? values : gather(values, chosen, count);
                magnitudeBits = Math.min(bits, typeBits);
            }
            case DoubleVector(_, _, double[] values, _) ->
                    doubles = chosen == null ? values : gather(values, chosen, count);
            case WideVector(_, _, long[] highs, long[] lows, _) -> {
                narrow = false;
                longs = chosen == null ? lows : gather(lows, chosen, count);
                high = chosen == null ? highs : gatherHigh(highs, chosen, count);
            }
            case BitVector(_, _, long[] words, _) -> longs = unpack(words, chosen, count);
            case BytesVector bytes -> setBytes(bytes, chosen, count);
            case DictionaryVector dictionary -> setDictionary(dictionary, chosen, count);
            case ConstantVector constant -> setConstant(constant.value(), count);
        }
    }

    /// As [#set], of texts by their codes in that vocabulary alone: the texts themselves are not looked up ([#lookUpTexts]). False where it does not have
    /// one of them.
    boolean setCodes(Vector vector, @Nullable Selection rows, int count, Vocabulary in) {
        int[] chosen = rows == null ? null : rows.rows();
        if (vector instanceof DictionaryVector coded && in.has(coded.dictionary())) {
            setCodes(coded.codes(), in.codes(coded.dictionary()), vector, chosen, count);
            dictionary = in.memberCount() == 1 ? coded.dictionary() : null;
            return true;
        }
        if (vector instanceof ConstantVector constant) {
            setRowValidity(vector, chosen, count);
            int code = constant.value().isNull() ? 0 : KeyForms.find(in, constant.value());
            ownCodes = grown(ownCodes, count);
            Arrays.fill(ownCodes, 0, count, code);
            dictionary = in.memberCount() == 1 ? in.member(0) : null;
            codes = ownCodes;
            return code >= 0;
        }
        set(vector, rows, count);
        int[] found = new int[count];
        for (int i = 0; i < count; i++) {
            found[i] = isNull(i) ? 0 : in.find(heap, start[i], length[i]);
            if (found[i] < 0) {
                return false;
            }
        }
        dictionary = in.memberCount() == 1 ? in.member(0) : null;
        codes = found;
        return true;
    }

    /// As [#set], of texts by codes that are known.
    ///
    /// @param vector whose validity counts
    /// @param known a code for each of its lanes
    /// @param renamed what each of those codes is to be called; null where they stay
    void setCodes(
            int[] known,
            int @Nullable [] renamed,
            Vector vector,
            int @Nullable [] chosen,
            int count) {
        setRowValidity(vector, chosen, count);
        dictionary = null;
        if (renamed == null) {
            codes = chosen == null ? known : gatherCodes(known, chosen, count);
            return;
        }
        ownCodes = grown(ownCodes, count);
        codes = ownCodes;
        if (chosen == null) {
            rename(known, renamed, count, ownCodes);
        } else {
            rename(known, renamed, chosen, count, ownCodes);
        }
    }

    private static void rename(int[] known, int[] renamed, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = renamed[known[i]];
        }
    }

    private static void rename(int[] known, int[] renamed, int[] lanes, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = renamed[known[lanes[i]]];
        }
    }

    /// Sets the texts of the codes.
    void lookUpTexts(int count) {
        if (dictionary != null && dictionary.values() instanceof BytesVector texts) {
            setBytes(texts, codes, count);
        }
    }

    private void setRowValidity(Vector vector, int @Nullable [] chosen, int count) {
        setValidity(vector, chosen, count);
        if (Validity.count(validity, count) == count) {
            validity = null;
        }
    }

    private void setValidity(Vector vector, int @Nullable [] chosen, int count) {
        long[] words = vector.validity();
        if (words == null || chosen == null) {
            validity = words;
            return;
        }
        if (vector instanceof ConstantVector) {
            validity = words;
            return;
        }
        ownValidity = grown(ownValidity, Validity.words(count));
        BatchCopy.gatherBits(words, chosen, count, ownValidity);
        validity = ownValidity;
    }

    private void setBytes(BytesVector bytes, int @Nullable [] chosen, int count) {
        heap = bytes.heap();
        start = chosen == null ? bytes.start() : gatherStart(bytes.start(), chosen, count);
        length = chosen == null ? bytes.length() : gatherLength(bytes.length(), chosen, count);
    }

    private void setDictionary(DictionaryVector vector, int @Nullable [] chosen, int count) {
        int[] codes = chosen == null ? vector.codes() : gatherCodes(vector.codes(), chosen, count);
        this.dictionary = vector.dictionary();
        this.codes = codes;
        switch (vector.dictionary().values()) {
            case LongVector(_, _, long[] values, _, int bits) -> {
                longs = gather(values, codes, count);
                magnitudeBits = Math.min(bits, typeBits);
            }
            case DoubleVector(_, _, double[] values, _) -> doubles = gather(values, codes, count);
            case WideVector(_, _, long[] highs, long[] lows, _) -> {
                narrow = false;
                longs = gather(lows, codes, count);
                high = gatherHigh(highs, codes, count);
            }
            case BitVector(_, _, long[] words, _) -> longs = unpack(words, codes, count);
            case BytesVector bytes -> setBytes(bytes, codes, count);
            case DictionaryVector _, ConstantVector _ ->
                    throw new AssertionError("the values of a dictionary are flat");
        }
    }

    private void setConstant(Value value, int count) {
        switch (value) {
            case Value.Null _ -> setAnything(count);
            case Value.Bool(boolean truth) -> fill(truth ? 1 : 0, count);
            case Value.Whole(long whole) -> {
                fill(whole, count);
                magnitudeBits =
                        Math.min(
                                typeBits,
                                64 - Long.numberOfLeadingZeros(whole < 0 ? ~whole : whole));
            }
            case Value.Wide(long top, long bottom) -> {
                narrow = false;
                fill(bottom, count);
                ownHigh = grown(ownHigh, count);
                Arrays.fill(ownHigh, 0, count, top);
                high = ownHigh;
            }
            case Value.Floating(double floating) -> {
                ownDoubles = grown(ownDoubles, count);
                Arrays.fill(ownDoubles, 0, count, floating);
                doubles = ownDoubles;
            }
            case Value.Bytes(byte[] bytes) -> {
                heap = bytes;
                fillBytes(0, bytes.length, count);
            }
        }
    }

    /// All rows are null: whatever array may be looked at has to be long enough.
    private void setAnything(int count) {
        switch (physical) {
            case LONG, BITS, WIDE -> fill(0, count);
            case DOUBLE -> {
                ownDoubles = grown(ownDoubles, count);
                doubles = ownDoubles;
            }
            case BYTES -> fillBytes(0, 0, count);
        }
    }

    private void fill(long value, int count) {
        ownLongs = grown(ownLongs, count);
        Arrays.fill(ownLongs, 0, count, value);
        longs = ownLongs;
    }

    private void fillBytes(int from, int size, int count) {
        ownStart = grown(ownStart, count);
        ownLength = grown(ownLength, count);
        Arrays.fill(ownStart, 0, count, from);
        Arrays.fill(ownLength, 0, count, size);
        start = ownStart;
        length = ownLength;
    }

    private long[] unpack(long[] words, int @Nullable [] lanes, int count) {
        ownLongs = grown(ownLongs, count);
        if (lanes == null) {
            for (int i = 0; i < count; i++) {
                ownLongs[i] = words[i >> 6] >>> i & 1;
            }
        } else {
            for (int i = 0; i < count; i++) {
                int lane = lanes[i];
                ownLongs[i] = words[lane >> 6] >>> lane & 1;
            }
        }
        return ownLongs;
    }

    private long[] gather(long[] values, int[] lanes, int count) {
        ownLongs = grown(ownLongs, count);
        gather(values, lanes, count, ownLongs);
        return ownLongs;
    }

    private long[] gatherHigh(long[] values, int[] lanes, int count) {
        ownHigh = grown(ownHigh, count);
        gather(values, lanes, count, ownHigh);
        return ownHigh;
    }

    private static void gather(long[] values, int[] lanes, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
    }

    private double[] gather(double[] values, int[] lanes, int count) {
        ownDoubles = grown(ownDoubles, count);
        for (int i = 0; i < count; i++) {
            ownDoubles[i] = values[lanes[i]];
        }
        return ownDoubles;
    }

    private int[] gatherCodes(int[] values, int[] lanes, int count) {
        ownCodes = grown(ownCodes, count);
        gather(values, lanes, count, ownCodes);
        return ownCodes;
    }

    private int[] gatherStart(int[] values, int[] lanes, int count) {
        ownStart = grown(ownStart, count);
        gather(values, lanes, count, ownStart);
        return ownStart;
    }

    private int[] gatherLength(int[] values, int[] lanes, int count) {
        ownLength = grown(ownLength, count);
        gather(values, lanes, count, ownLength);
        return ownLength;
    }

    private static void gather(int[] values, int[] lanes, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
    }

    /// Takes the rows `rows[begin … end − 1]` of the other column behind the `at` rows that are here, into arrays of its own; with 0 whatever was here
    /// is forgotten. The bytes of texts are copied too, but not while all rows' texts lie in one dictionary, which stays as it is.
    void append(FlatColumn other, int[] rows, int begin, int end, int at) {
        int more = end - begin;
        if (physical != Physical.BYTES || at == 0) {
            dictionary = null;
        }
        appendValidity(other, rows, begin, end, at);
        narrow = other.narrow && (at == 0 || narrow);
        magnitudeBits =
                at == 0 ? other.magnitudeBits : Math.max(magnitudeBits, other.magnitudeBits);
        switch (physical) {
            case LONG, BITS -> {
                ownLongs = kept(ownLongs, at, at + more);
                longs = ownLongs;
                appendLongs(other.longs, rows, begin, more, longs, at);
            }
            case DOUBLE -> {
                ownDoubles = kept(ownDoubles, at, at + more);
                doubles = ownDoubles;
                for (int i = 0; i < more; i++) {
                    doubles[at + i] = other.doubles[rows[begin + i]];
                }
            }
            case WIDE -> {
                ownLongs = kept(ownLongs, at, at + more);
                ownHigh = kept(ownHigh, at, at + more);
                longs = ownLongs;
                high = ownHigh;
                appendLongs(other.longs, rows, begin, more, longs, at);
                for (int i = 0; i < more; i++) {
                    high[at + i] = other.high(rows[begin + i]);
                }
            }
            case BYTES -> appendBytes(other, rows, begin, more, at);
        }
    }

    /// Makes room for that many rows of its own at once; the bytes of texts grow as they come.
    void reserveRows(int rowCount, LongArrays arrays) {
        switch (physical) {
            case LONG, BITS -> ownLongs = arrays.take(rowCount);
            case DOUBLE -> ownDoubles = new double[rowCount];
            case WIDE -> {
                ownLongs = new long[rowCount];
                ownHigh = new long[rowCount];
            }
            case BYTES -> {
                ownStart = new int[rowCount];
                ownLength = new int[rowCount];
            }
        }
    }

    /// Gives back what [#reserveRows] took; the column holds nothing any more.
    void release(LongArrays arrays) {
        arrays.give(ownLongs);
        ownLongs = NOTHING;
        longs = NOTHING;
    }

    private static void appendLongs(
            long[] from, int[] rows, int begin, int more, long[] to, int at) {
        for (int i = 0; i < more; i++) {
            to[at + i] = from[rows[begin + i]];
        }
    }

    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    private void appendBytes(FlatColumn other, int[] rows, int begin, int more, int at) {
        ownStart = kept(ownStart, at, at + more);
        ownLength = kept(ownLength, at, at + more);
        start = ownStart;
        length = ownLength;
        Dictionary from = other.dictionary;
        if (from != null && (at == 0 || dictionary == from)) {
            appendCodes(other, from, rows, begin, more, at);
            return;
        }
        heapUsed = at == 0 ? 0 : heapUsed;
        if (dictionary != null) {
            leaveDictionary(at);
        }
        for (int i = 0; i < more; i++) {
            int row = rows[begin + i];
            int size = other.isNull(row) ? 0 : other.length[row];
            start[at + i] = putBytes(other.heap, other.start[row], size);
            length[at + i] = size;
        }
        heap = ownHeap;
    }

    private void appendCodes(
            FlatColumn other, Dictionary from, int[] rows, int begin, int more, int at) {
        ownCodes = kept(ownCodes, at, at + more);
        codes = ownCodes;
        dictionary = from;
        heap = other.heap;
        for (int i = 0; i < more; i++) {
            int row = rows[begin + i];
            start[at + i] = other.start[row];
            length[at + i] = other.length[row];
            codes[at + i] = other.codes[row];
        }
    }

    /// Copies the texts of the rows that are here out of their dictionary.
    private void leaveDictionary(int count) {
        byte[] from = heap;
        dictionary = null;
        heapUsed = 0;
        for (int i = 0; i < count; i++) {
            length[i] = isNull(i) ? 0 : length[i];
            start[i] = putBytes(from, start[i], length[i]);
        }
        heap = ownHeap;
    }

    /// Where the bytes begin in the column's own heap.
    private int putBytes(byte[] from, int at, int size) {
        if (ownHeap.length - heapUsed < size) {
            ownHeap = Arrays.copyOf(ownHeap, Math.max(2 * ownHeap.length, heapUsed + size));
        }
        System.arraycopy(from, size == 0 ? 0 : at, ownHeap, heapUsed, size);
        heapUsed += size;
        return heapUsed - size;
    }

    private void appendValidity(FlatColumn other, int[] rows, int begin, int end, int at) {
        long[] mine = at == 0 ? null : validity;
        if (other.validity == null && mine == null) {
            validity = null;
            return;
        }
        int words = Validity.words(at + end - begin);
        if (ownValidity.length < words) {
            ownValidity = Arrays.copyOf(ownValidity, Math.max(words, 2 * ownValidity.length));
        }
        if (mine == null) {
            Validity.fill(ownValidity, at);
        }
        for (int i = begin; i < end; i++) {
            int to = at + i - begin;
            long bit = other.isNull(rows[i]) ? 0 : 1;
            ownValidity[to >> 6] = (ownValidity[to >> 6] & ~(1L << to)) | (bit << to);
        }
        validity = ownValidity;
    }

    /// Bytes of the arrays that are the column's own.
    long ownBytes() {
        return 8L * (ownLongs.length + ownHigh.length + ownDoubles.length + ownValidity.length)
                + 4L * (ownStart.length + ownLength.length + ownCodes.length)
                + ownHeap.length;
    }

    private static long[] kept(long[] array, int used, int size) {
        return array.length < size ? Arrays.copyOf(array, Math.max(size, 2 * used)) : array;
    }

    private static int[] kept(int[] array, int used, int size) {
        return array.length < size ? Arrays.copyOf(array, Math.max(size, 2 * used)) : array;
    }

    private static double[] kept(double[] array, int used, int size) {
        return array.length < size ? Arrays.copyOf(array, Math.max(size, 2 * used)) : array;
    }

    static long[] grown(long[] array, int size) {
        return array.length < size ? new long[size] : array;
    }

    static int[] grown(int[] array, int size) {
        return array.length < size ? new int[size] : array;
    }

    static double[] grown(double[] array, int size) {
        return array.length < size ? new double[size] : array;
    }
}
