package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One number for each distinct text of a key column, whatever dictionary it lies in, or none: so keys with texts are whole numbers in every table, and only the
/// groups that are read become texts again. One for all lanes; safe for use by many threads.
///
/// The codes of the first dictionary are the numbers themselves, where it is ordered: nothing is hashed or copied, and with one part there is nothing else. The
/// codes of any other dictionary are looked up once each and remembered. A few are searched for in the first dictionary one by one; when that has cost as much as
/// walking through both dictionaries side by side, it is done for all that are left. What the first does not hold is kept in a table of bytes.
final class TextNumbers implements AutoCloseable {
    private static final int MOST_DICTIONARIES = 256;
    private static final long MOST_BYTES = 256L << 20;

    /// Steps of walking through two dictionaries that cost as much as one search.
    private static final int STEPS_PER_SEARCH = 32;

    private static final int CANCEL_STEPS = 1 << 16;
    private static final int FIRST_SLOTS = 64;
    private static final long HASH_MASK = 0xFFFF_FFFF_0000_0000L;
    private static final int NONE = -1;

    private final @Nullable Dictionary first;
    private final @Nullable BytesVector firstTexts;
    private final int firstSize;

    // All below is guarded by this; known is replaced, never changed, and read without.
    private final Reservation reservation;
    private final Arena arena;
    private volatile Known[] known = {};
    private long keptBytes;

    /// Upper half: that of the hash; lower half: entry + 1 (0: free).
    private long[] slots = new long[FIRST_SLOTS];

    /// Where an entry's text begins in the arena; negative: the complement of its code in the first dictionary.
    private long[] references = new long[FIRST_SLOTS / 2];

    private int[] lengths = new int[FIRST_SLOTS / 2];
    private int entryCount;

    /// What is known of the codes of a dictionary that is not the first.
    private static final class Known {
        private final Dictionary dictionary;
        private final BytesVector texts;

        /// By code: number + 1, and 0 where it was not looked up. Written under the monitor, read without: a number never changes.
        private final int[] numbers;

        private long searched;
        private boolean isCompared;

        Known(Dictionary dictionary, BytesVector texts) {
            this.dictionary = dictionary;
            this.texts = texts;
            this.numbers = new int[texts.size()];
        }
    }

    private TextNumbers(@Nullable Dictionary first, Reservation reservation) {
        this.first = first;
        this.firstTexts = first == null ? null : (BytesVector) first.values();
        this.firstSize = first == null ? 0 : first.size();
        this.reservation = reservation;
        this.arena = new Arena(reservation);
    }

    /// Numbers that begin with a dictionary's codes; null where it is too large to be kept, and then nothing is reserved.
    ///
    /// @param reservation of their own, closed with them
    static @Nullable TextNumbers of(Dictionary dictionary, Reservation reservation) {
        BytesVector texts = (BytesVector) dictionary.values();
        boolean isFirst = dictionary.isOrdered();
        if (isFirst && bytes(texts) > MOST_BYTES) {
            return null;
        }
        try {
            reservation.grow(tableBytes(FIRST_SLOTS) + (isFirst ? bytes(texts) : 0));
        } catch (BasaltException full) {
            return null;
        }
        return new TextNumbers(isFirst ? dictionary : null, reservation);
    }

    private static long bytes(BytesVector texts) {
        return texts.heap().length + 8L * texts.size();
    }

    private static long tableBytes(int slotCount) {
        return 8L * slotCount + 12L * (slotCount / 2);
    }

    /// Puts the numbers of the chosen lanes (null: all), `count` of them, into `out`; anything for those that are null.
    ///
    /// @param validity of the chosen lanes, one after the other
    /// @param scratch as long as there are lanes
    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    void number(
            Vector vector,
            int @Nullable [] lanes,
            int count,
            long @Nullable [] validity,
            long[] out,
            int[] scratch,
            OperatorContext context) {
        switch (vector) {
            case DictionaryVector coded -> {
                gather(coded.codes(), lanes, count, scratch);
                if (coded.dictionary() == first) {
                    widen(scratch, count, out);
                } else {
                    numberCodes(coded.dictionary(), scratch, count, validity, out, context);
                }
            }
            case BytesVector texts -> {
                identity(lanes, count, scratch);
                numberTexts(texts, scratch, count, validity, out);
            }
            case ConstantVector constant -> Arrays.fill(out, 0, count, numberOf(constant.value()));
            case LongVector _, DoubleVector _, WideVector _, BitVector _ ->
                    throw new AssertionError("no texts: " + vector.type());
        }
    }

    private static void gather(int[] values, int @Nullable [] lanes, int count, int[] out) {
        if (lanes == null) {
            System.arraycopy(values, 0, out, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
    }

    private static void identity(int @Nullable [] lanes, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = lanes == null ? i : lanes[i];
        }
    }

    private static void widen(int[] codes, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = codes[i];
        }
    }

    private long numberOf(Value value) {
        if (!(value instanceof Value.Bytes(byte[] text))) {
            return 0;
        }
        long hash = Hashing.bytes(text, 0, text.length);
        synchronized (this) {
            return number(text, 0, text.length, hash, true);
        }
    }

    private void numberTexts(
            BytesVector texts, int[] lanes, int count, long @Nullable [] validity, long[] out) {
        byte[] heap = texts.heap();
        int[] start = texts.start();
        int[] length = texts.length();
        for (int i = 0; i < count; i++) {
            out[i] =
                    isNull(validity, i)
                            ? 0
                            : Hashing.bytes(heap, start[lanes[i]], length[lanes[i]]);
        }
        synchronized (this) {
            for (int i = 0; i < count; i++) {
                if (!isNull(validity, i)) {
                    out[i] = number(heap, start[lanes[i]], length[lanes[i]], out[i], true);
                }
            }
        }
    }

    private static boolean isNull(long @Nullable [] validity, int row) {
        return validity != null && (validity[row >> 6] >>> row & 1) == 0;
    }

    private void numberCodes(
            Dictionary dictionary,
            int[] codes,
            int count,
            long @Nullable [] validity,
            long[] out,
            OperatorContext context) {
        Known of = known(dictionary);
        if (of == null) {
            numberTexts((BytesVector) dictionary.values(), codes, count, validity, out);
            return;
        }
        if (lookUp(of.numbers, codes, count, out) < 0) {
            synchronized (this) {
                for (int i = 0; i < count; i++) {
                    if (out[i] < 0) {
                        out[i] = number(of, codes[i], context);
                    }
                }
            }
        }
    }

    /// Puts what is known into `out`, and −1 where nothing is; the answer is negative where there is such a lane.
    private static long lookUp(int[] numbers, int[] codes, int count, long[] out) {
        long any = 0;
        for (int i = 0; i < count; i++) {
            long number = numbers[codes[i]] - 1L;
            out[i] = number;
            any |= number;
        }
        return any;
    }

    private @Nullable Known known(Dictionary dictionary) {
        Known found = find(known, dictionary);
        return found != null ? found : keep(dictionary);
    }

    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    private static @Nullable Known find(Known[] among, Dictionary dictionary) {
        // From the last one: the part that is being read.
        for (int i = among.length - 1; i >= 0; i--) {
            if (among[i].dictionary == dictionary) {
                return among[i];
            }
        }
        return null;
    }

    private synchronized @Nullable Known keep(Dictionary dictionary) {
        Known found = find(known, dictionary);
        if (found != null) {
            return found;
        }
        BytesVector texts = (BytesVector) dictionary.values();
        long more = bytes(texts) + 4L * texts.size();
        if (known.length == MOST_DICTIONARIES || keptBytes + more > MOST_BYTES || !reserve(more)) {
            return null;
        }
        keptBytes += more;
        Known[] longer = Arrays.copyOf(known, known.length + 1);
        Known added = new Known(dictionary, texts);
        longer[known.length] = added;
        known = longer;
        return added;
    }

    private boolean reserve(long more) {
        try {
            reservation.grow(more);
            return true;
        } catch (BasaltException full) {
            return false;
        }
    }

    private int number(Known of, int code, OperatorContext context) {
        BytesVector first = firstTexts;
        if (of.numbers[code] == 0 && first != null && !of.isCompared) {
            long steps = (long) first.size() + of.texts.size();
            if (of.dictionary.isOrdered() && ++of.searched * STEPS_PER_SEARCH > steps) {
                compare(first, of.texts, of.numbers, context);
                of.isCompared = true;
            }
        }
        if (of.numbers[code] == 0) {
            byte[] heap = of.texts.heap();
            int start = of.texts.start()[code];
            int length = of.texts.length()[code];
            int number = of.isCompared ? NONE : search(heap, start, length);
            if (number == NONE) {
                number = number(heap, start, length, Hashing.bytes(heap, start, length), false);
            }
            of.numbers[code] = number + 1;
        }
        return of.numbers[code] - 1;
    }

    /// Finds all texts of the second dictionary that the first holds.
    private static void compare(
            BytesVector first, BytesVector second, int[] numbers, OperatorContext context) {
        int size = first.size();
        int code = 0;
        int other = 0;
        for (int step = 0; code < size && other < numbers.length; step++) {
            if (step % CANCEL_STEPS == 0) {
                context.checkCancelled();
            }
            int order = compare(first, code, second, other);
            if (order == 0) {
                numbers[other] = code + 1;
            }
            code += order <= 0 ? 1 : 0;
            other += order >= 0 ? 1 : 0;
        }
    }

    private static int compare(BytesVector first, int code, BytesVector second, int other) {
        int start = first.start()[code];
        int otherStart = second.start()[other];
        return Arrays.compareUnsigned(
                first.heap(),
                start,
                start + first.length()[code],
                second.heap(),
                otherStart,
                otherStart + second.length()[other]);
    }

    /// The code of a text in the first dictionary, or [#NONE].
    private int search(byte[] heap, int start, int length) {
        BytesVector texts = firstTexts;
        int low = 0;
        int high = firstSize - 1;
        while (texts != null && low <= high) {
            int middle = (low + high) >>> 1;
            int at = texts.start()[middle];
            int order =
                    Arrays.compareUnsigned(
                            texts.heap(),
                            at,
                            at + texts.length()[middle],
                            heap,
                            start,
                            start + length);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return NONE;
    }

    /// The number of a text that is not looked up by code.
    ///
    /// @param mayBeFirst whether the first dictionary may hold it
    private int number(byte[] heap, int start, int length, long hash, boolean mayBeFirst) {
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 12) & mask;
        long entry;
        while ((entry = slots[slot]) != 0) {
            int found = (int) entry - 1;
            if (((entry ^ hash) & HASH_MASK) == 0 && isText(found, heap, start, length)) {
                return numberOf(found);
            }
            slot = (slot + 1) & mask;
        }
        if (entryCount == lengths.length) {
            grow();
            return number(heap, start, length, hash, mayBeFirst);
        }
        int code = mayBeFirst ? search(heap, start, length) : NONE;
        references[entryCount] = code == NONE ? arena.put(heap, start, length) : ~(long) code;
        lengths[entryCount] = length;
        slots[slot] = (hash & HASH_MASK) | (entryCount + 1);
        return numberOf(entryCount++);
    }

    private int numberOf(int entry) {
        long reference = references[entry];
        return reference < 0 ? (int) ~reference : firstSize + entry;
    }

    private boolean isText(int entry, byte[] heap, int start, int length) {
        if (lengths[entry] != length) {
            return false;
        }
        int at = startOf(entry);
        return Arrays.equals(heapOf(entry), at, at + length, heap, start, start + length);
    }

    private byte[] heapOf(int entry) {
        BytesVector texts = firstTexts;
        return references[entry] >= 0 || texts == null
                ? arena.chunk(references[entry])
                : texts.heap();
    }

    private int startOf(int entry) {
        BytesVector texts = firstTexts;
        return references[entry] >= 0 || texts == null
                ? Arena.position(references[entry])
                : texts.start()[(int) ~references[entry]];
    }

    private void grow() {
        int slotCount = 2 * slots.length;
        reservation.grow(tableBytes(slotCount));
        long[] larger = new long[slotCount];
        for (long entry : slots) {
            if (entry != 0) {
                place(larger, entry);
            }
        }
        references = Arrays.copyOf(references, slotCount / 2);
        lengths = Arrays.copyOf(lengths, slotCount / 2);
        slots = larger;
        reservation.shrink(tableBytes(slotCount / 2));
    }

    private void place(long[] into, long entry) {
        int number = (int) entry - 1;
        int at = startOf(number);
        int mask = into.length - 1;
        int slot = (int) (Hashing.bytes(heapOf(number), at, lengths[number]) >>> 12) & mask;
        while (into[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        into[slot] = entry;
    }

    /// The texts of such numbers; once no lane numbers any more.
    Vector texts(LongVector numbers, Type type) {
        Dictionary dictionary = first;
        if (dictionary != null && dictionary.type().equals(type)) {
            int[] codes = codes(numbers);
            if (codes != null) {
                return new DictionaryVector(numbers.size(), codes, dictionary, numbers.validity());
            }
        }
        return copied(numbers, type);
    }

    /// The numbers as codes of the first dictionary; null where some are none.
    private int @Nullable [] codes(LongVector numbers) {
        int[] codes = new int[numbers.size()];
        for (int i = 0; i < codes.length; i++) {
            long number = numbers.isNull(i) ? 0 : numbers.values()[i];
            if (number >= firstSize) {
                return null;
            }
            codes[i] = (int) number;
        }
        return codes;
    }

    private BytesVector copied(LongVector numbers, Type type) {
        int count = numbers.size();
        int[] start = new int[count];
        int[] length = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            length[i] = numbers.isNull(i) ? 0 : lengthOf((int) numbers.values()[i]);
            total += length[i];
        }
        byte[] heap = new byte[Math.toIntExact(total)];
        int used = 0;
        for (int i = 0; i < count; i++) {
            start[i] = used;
            if (length[i] > 0) {
                copy((int) numbers.values()[i], heap, used, length[i]);
            }
            used += length[i];
        }
        return new BytesVector(type, count, heap, start, length, numbers.validity());
    }

    private int lengthOf(int number) {
        BytesVector texts = firstTexts;
        return texts != null && number < firstSize
                ? texts.length()[number]
                : lengths[number - firstSize];
    }

    private void copy(int number, byte[] to, int at, int length) {
        BytesVector texts = firstTexts;
        if (texts != null && number < firstSize) {
            System.arraycopy(texts.heap(), texts.start()[number], to, at, length);
        } else {
            int entry = number - firstSize;
            System.arraycopy(heapOf(entry), startOf(entry), to, at, length);
        }
    }

    @Override
    public void close() {
        reservation.close();
    }
}
