package io.basaltdb.query.expression;

import static java.util.Objects.requireNonNull;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.query.kernel.Gather;
import io.basaltdb.query.kernel.Wide;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
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
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// The answers of one expression to the entries of one dictionary, filled in as rows ask; the last slot is the answer to NULL.
final class CodeAnswers {
    private static final int MAX_HEAP_BYTES = 32 << 20;

    private final Dictionary dictionary;
    private final Type type;
    private final int column;
    private final Computation computation;
    private final SharedComputation.Clock clock;
    private final int nullSlot;
    private final byte[] known;
    private int knownCount;
    private int magnitudeBits;
    private boolean hasNulls;

    private long[] low = new long[0];
    private long[] high = new long[0];
    private double[] floating = new double[0];
    private byte[] heap = new byte[0];
    private int used;
    private int[] start = new int[0];
    private int[] length = new int[0];
    private final long[] valid;

    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();

    private int[] slots = new int[0];
    private int[] asked = new int[0];
    private long[] outLow = new long[0];
    private long[] outHigh = new long[0];
    private long[] outValid = new long[0];
    private double[] outFloating = new double[0];
    private int[] outStart = new int[0];
    private int[] outLength = new int[0];

    CodeAnswers(
            Dictionary dictionary,
            Type type,
            int column,
            Computation computation,
            SharedComputation.Clock clock) {
        this.dictionary = dictionary;
        this.type = type;
        this.column = column;
        this.computation = computation;
        this.clock = clock;
        this.nullSlot = dictionary.size();
        int slotCount = nullSlot + 1;
        this.known = new byte[slotCount];
        this.valid = new long[Validity.words(slotCount)];
        switch (type.physical()) {
            case LONG, WIDE -> low = new long[slotCount];
            case DOUBLE -> floating = new double[slotCount];
            case BITS -> low = new long[Validity.words(slotCount)];
            case BYTES -> {
                start = new int[slotCount];
                length = new int[slotCount];
            }
        }
    }

    boolean isTooLarge() {
        return used > MAX_HEAP_BYTES;
    }

    /// The answer of each row; computes those that are not known yet.
    Vector lookUp(DictionaryVector coded, @Nullable Selection live) {
        int[] rowSlots = slotsOf(coded);
        if (knownCount <= nullSlot) {
            int count = collect(rowSlots, coded.size(), live);
            for (int from = 0; from < count; from += Batch.MAX_ROWS) {
                learn(from, Math.min(count, from + Batch.MAX_ROWS));
            }
        }
        return gather(rowSlots, coded.size());
    }

    private int[] slotsOf(DictionaryVector coded) {
        if (coded.validity() == null) {
            return coded.codes();
        }
        slots = slots(coded, nullSlot, slots);
        return slots;
    }

    /// The code of each row, and `nullSlot` where it is NULL; in `scratch` or a larger array.
    static int[] slots(DictionaryVector coded, int nullSlot, int[] scratch) {
        long[] validity = requireNonNull(coded.validity());
        int size = coded.size();
        int[] slots = Scratch.ints(scratch, size);
        int[] codes = coded.codes();
        for (int i = 0; i < size; i++) {
            int isNull = (int) (~validity[i >> 6] >>> i) & 1;
            slots[i] = codes[i] + isNull * (nullSlot - codes[i]);
        }
        return slots;
    }

    /// Writes each slot that is asked for and not known, once, and returns how many there are.
    private int collect(int[] rowSlots, int size, @Nullable Selection live) {
        int rows = live == null ? size : live.count();
        asked = Scratch.ints(asked, rows);
        int count = 0;
        for (int i = 0; i < rows; i++) {
            int slot = rowSlots[live == null ? i : live.rows()[i]];
            asked[count] = slot;
            count += 1 - known[slot];
            known[slot] = 1;
        }
        knownCount += count;
        return count;
    }

    private void learn(int from, int to) {
        int size = to - from;
        int[] codes = Arrays.copyOfRange(asked, from, to);
        long[] validity = null;
        for (int i = 0; i < size; i++) {
            if (codes[i] == nullSlot) {
                codes[i] = 0;
                validity = new long[Validity.words(size)];
                Validity.fill(validity, size);
                Validity.setNull(validity, i);
            }
        }
        Vector entries = new DictionaryVector(size, codes, dictionary, validity);
        clock.advance(null);
        Batch batch = new Batch(size, Collections.nCopies(column + 1, entries));
        store(computation.compute(batch, null), from, size);
    }

    private void store(Vector answer, int from, int size) {
        for (int i = 0; i < size; i++) {
            int slot = asked[from + i];
            if (answer.isNull(i)) {
                hasNulls = true;
            } else {
                valid[slot >> 6] |= 1L << slot;
            }
        }
        if (answer instanceof ConstantVector constant && constant.value().isNull()) {
            return;
        }
        switch (type.physical()) {
            case LONG, WIDE -> storeNumbers(answer, from, size);
            case DOUBLE -> {
                double[] values = doubles.read(answer, size);
                for (int i = 0; i < size; i++) {
                    floating[asked[from + i]] = values[i];
                }
            }
            case BITS -> {
                long[] words = bits.read(answer, size);
                for (int i = 0; i < size; i++) {
                    int slot = asked[from + i];
                    low[slot >> 6] |= (words[i >> 6] >>> i & 1) << slot;
                }
            }
            case BYTES -> storeBytes(answer, from, size);
        }
    }

    private void storeNumbers(Vector answer, int from, int size) {
        boolean isWide =
                answer instanceof WideVector
                        || (answer instanceof ConstantVector constant
                                && constant.value() instanceof Value.Wide)
                        || (answer instanceof DictionaryVector coded
                                && coded.dictionary().values() instanceof WideVector);
        if (!isWide && high.length == 0) {
            long[] values = longs.read(answer, size);
            magnitudeBits = Math.max(magnitudeBits, longs.magnitudeBits());
            for (int i = 0; i < size; i++) {
                low[asked[from + i]] = values[i];
            }
            return;
        }
        if (high.length == 0) {
            high = new long[low.length];
            Wide.extend(low, high, low.length);
        }
        wide.read(answer, size);
        for (int i = 0; i < size; i++) {
            low[asked[from + i]] = wide.low()[i];
            high[asked[from + i]] = wide.high()[i];
        }
    }

    private void storeBytes(Vector answer, int from, int size) {
        bytes.read(answer, size);
        for (int i = 0; i < size; i++) {
            if (answer.isNull(i)) {
                continue;
            }
            int slot = asked[from + i];
            int count = bytes.length()[i];
            if (heap.length - used < count) {
                heap = Arrays.copyOf(heap, Math.max(2 * heap.length, used + count + 4096));
            }
            System.arraycopy(bytes.heap(), bytes.start()[i], heap, used, count);
            start[slot] = used;
            length[slot] = count;
            used += count;
        }
    }

    private Vector gather(int[] rowSlots, int size) {
        long[] validity = null;
        if (hasNulls) {
            outValid = Scratch.longs(outValid, Validity.words(size));
            Bits.gather(valid, rowSlots, outValid, size);
            validity = outValid;
        }
        return switch (type.physical()) {
            case LONG, WIDE -> gatherNumbers(rowSlots, size, validity);
            case DOUBLE -> {
                outFloating = Scratch.doubles(outFloating, size);
                Gather.doubles(floating, rowSlots, outFloating, size);
                yield new DoubleVector(type, size, outFloating, validity);
            }
            case BITS -> {
                outLow = Scratch.longs(outLow, Validity.words(size));
                Bits.gather(low, rowSlots, outLow, size);
                yield new BitVector(type, size, outLow, validity);
            }
            case BYTES -> {
                outStart = Scratch.ints(outStart, size);
                outLength = Scratch.ints(outLength, size);
                Gather.ints(start, rowSlots, outStart, size);
                Gather.ints(length, rowSlots, outLength, size);
                yield new BytesVector(type, size, heap, outStart, outLength, validity);
            }
        };
    }

    private Vector gatherNumbers(int[] rowSlots, int size, long @Nullable [] validity) {
        outLow = Scratch.longs(outLow, size);
        Gather.longs(low, rowSlots, outLow, size);
        if (type.physical() == Physical.WIDE && high.length > 0) {
            outHigh = Scratch.longs(outHigh, size);
            Gather.longs(high, rowSlots, outHigh, size);
            return new WideVector(type, size, outHigh, outLow, validity);
        }
        return new LongVector(type, size, outLow, validity, magnitudeBits);
    }
}
