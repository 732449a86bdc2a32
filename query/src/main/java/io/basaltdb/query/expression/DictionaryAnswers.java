package io.basaltdb.query.expression;

import static java.util.Objects.requireNonNull;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.SharedResults;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.query.kernel.Gather;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The answers of one expression that cannot fail to all entries of one dictionary, and to NULL. All lanes of an execution fill it together, a run of entries at a
/// time in the order of the codes, which reads the dictionary from its begin to its end instead of here and there; then all read it.
///
/// Answers that are texts are numbered: the result is coded again, so that what follows, GROUP BY for example, runs on codes too.
final class DictionaryAnswers {
    /// Entries that are computed at a time: a whole number of words of bits, so that no two runs share one.
    private static final int RUN = Batch.MAX_ROWS;

    /// Distinct texts that are kept, in bytes; beyond it they are no smaller than the dictionary that they come from.
    private static final long MOST_TEXT_BYTES = 128 << 20;

    record Key(Expression expression, Dictionary dictionary)
            implements SharedResults.Key<DictionaryAnswers> {}

    private final Dictionary dictionary;
    private final Type type;
    private final int column;
    private final SharedResults shared;
    private final int slotCount;
    private final AtomicInteger nextRun = new AtomicInteger();
    private final AtomicInteger openRuns;
    private volatile boolean isRefused;
    private volatile boolean isComplete;

    private long[] low = {};
    private double[] floating = {};
    private int[] codes = {};
    private final long[] valid;

    /// Guarded by this object's monitor until the last run is done, as all below.
    private @Nullable DistinctTexts texts;

    private long textBytes;
    private @Nullable Dictionary results;
    private int magnitudeBits;
    private boolean hasNulls;

    DictionaryAnswers(Dictionary dictionary, Type type, int column, SharedResults shared) {
        assert takes(type);
        this.dictionary = dictionary;
        this.type = type;
        this.column = column;
        this.shared = shared;
        this.slotCount = dictionary.size() + 1;
        this.openRuns = new AtomicInteger(runCount());
        int words = Validity.words(slotCount);
        if (!shared.reserve(8L * words + slotBytes())) {
            isRefused = true;
            this.valid = new long[0];
            return;
        }
        this.valid = new long[words];
        switch (type.physical()) {
            case LONG -> low = new long[slotCount];
            case DOUBLE -> floating = new double[slotCount];
            case BITS -> low = new long[words];
            case BYTES -> {
                codes = new int[slotCount];
                texts = new DistinctTexts(type);
            }
            case WIDE -> throw new AssertionError(type);
        }
    }

    /// Whether answers of that type can be kept.
    static boolean takes(Type type) {
        return type.physical() != Physical.WIDE;
    }

    private long slotBytes() {
        return switch (type.physical()) {
            case LONG, DOUBLE, WIDE -> 8L * slotCount;
            case BITS -> slotCount / 8;
            case BYTES -> 4L * slotCount;
        };
    }

    private int runCount() {
        return (slotCount + RUN - 1) / RUN;
    }

    /// Whether there is no room for the answers: they will never be complete.
    boolean isRefused() {
        return isRefused;
    }

    boolean isComplete() {
        return isComplete;
    }

    /// Makes answers for one lane.
    final class Learner {
        private final Computation computation;
        private final SharedComputation.Clock clock;
        private final LongLanes longs = new LongLanes();
        private final DoubleLanes doubles = new DoubleLanes();
        private final BitLanes bits = new BitLanes();
        private final BytesLanes bytes = new BytesLanes();

        Learner(Computation computation, SharedComputation.Clock clock) {
            this.computation = computation;
            this.clock = clock;
        }

        /// Computes the next run that nobody has taken; false where none is left.
        boolean learn() {
            if (isRefused || nextRun.get() >= runCount()) {
                return false;
            }
            int run = nextRun.getAndIncrement();
            if (run >= runCount()) {
                return false;
            }
            int from = run * RUN;
            int to = Math.min(slotCount, from + RUN);
            clock.advance(null);
            Batch batch = new Batch(to - from, Collections.nCopies(column + 1, entries(from, to)));
            store(computation.compute(batch, null), from, to - from);
            if (openRuns.decrementAndGet() == 0) {
                finish();
            }
            return true;
        }

        /// The entries with those codes; the last of all slots is NULL.
        private Vector entries(int from, int to) {
            int size = to - from;
            int[] asked = new int[size];
            for (int i = 0; i < size; i++) {
                asked[i] = from + i;
            }
            long[] validity = null;
            if (to == slotCount) {
                validity = new long[Validity.words(size)];
                Validity.fill(validity, size);
                Validity.setNull(validity, size - 1);
                asked[size - 1] = 0;
            }
            return new DictionaryVector(size, asked, dictionary, validity);
        }

        private void store(Vector answer, int from, int size) {
            if (answer instanceof ConstantVector constant && constant.value().isNull()) {
                note(true, 0);
                return;
            }
            int nulls = 0;
            for (int i = 0; i < size; i++) {
                long isValid = answer.isNull(i) ? 0 : 1;
                nulls += 1 - (int) isValid;
                valid[(from + i) >> 6] |= isValid << i;
            }
            switch (type.physical()) {
                case LONG -> System.arraycopy(longs.read(answer, size), 0, low, from, size);
                case DOUBLE ->
                        System.arraycopy(doubles.read(answer, size), 0, floating, from, size);
                case BITS ->
                        System.arraycopy(
                                bits.read(answer, size), 0, low, from >> 6, Validity.words(size));
                case BYTES -> {
                    bytes.read(answer, size);
                    number(answer, from, size);
                }
                case WIDE -> throw new AssertionError(type);
            }
            note(nulls > 0, type.physical() == Physical.LONG ? longs.magnitudeBits() : 0);
        }

        private void number(Vector answer, int from, int size) {
            synchronized (DictionaryAnswers.this) {
                DistinctTexts numbers = texts;
                if (numbers == null || isRefused) {
                    return;
                }
                for (int i = 0; i < size; i++) {
                    codes[from + i] =
                            answer.isNull(i)
                                    ? 0
                                    : numbers.add(
                                            bytes.heap(), bytes.start()[i], bytes.length()[i]);
                }
                long held = numbers.sizeBytes();
                if (held > MOST_TEXT_BYTES || !shared.reserve(held - textBytes)) {
                    isRefused = true;
                    texts = null;
                    return;
                }
                textBytes = held;
            }
        }
    }

    private synchronized void note(boolean someNull, int bitCount) {
        hasNulls |= someNull;
        magnitudeBits = Math.max(magnitudeBits, bitCount);
    }

    private synchronized void finish() {
        DistinctTexts numbers = texts;
        if (numbers != null) {
            results = numbers.dictionary();
            texts = null;
        }
        isComplete = !isRefused;
    }

    /// Looks answers up for one lane, when they are complete.
    final class Reader {
        private final boolean mayBeNull;
        private final int bitCount;
        private final @Nullable Dictionary texts;
        private int[] slots = new int[0];
        private long[] outLow = new long[0];
        private long[] outValid = new long[0];
        private double[] outFloating = new double[0];
        private int[] outCodes = new int[0];

        Reader() {
            synchronized (DictionaryAnswers.this) {
                mayBeNull = hasNulls;
                bitCount = magnitudeBits;
                texts = results;
            }
        }

        /// @return lent until the next call
        Vector lookUp(DictionaryVector coded) {
            int size = coded.size();
            int[] rows = coded.codes();
            if (coded.validity() != null) {
                slots = CodeAnswers.slots(coded, slotCount - 1, slots);
                rows = slots;
            }
            long[] validity = null;
            if (mayBeNull) {
                outValid = Scratch.longs(outValid, Validity.words(size));
                Bits.gather(valid, rows, outValid, size);
                validity = outValid;
            }
            return switch (type.physical()) {
                case LONG -> {
                    outLow = Scratch.longs(outLow, size);
                    Gather.longs(low, rows, outLow, size);
                    yield new LongVector(type, size, outLow, validity, bitCount);
                }
                case DOUBLE -> {
                    outFloating = Scratch.doubles(outFloating, size);
                    Gather.doubles(floating, rows, outFloating, size);
                    yield new DoubleVector(type, size, outFloating, validity);
                }
                case BITS -> {
                    outLow = Scratch.longs(outLow, Validity.words(size));
                    Bits.gather(low, rows, outLow, size);
                    yield new BitVector(type, size, outLow, validity);
                }
                case BYTES -> {
                    outCodes = Scratch.ints(outCodes, size);
                    Gather.ints(codes, rows, outCodes, size);
                    yield new DictionaryVector(size, outCodes, requireNonNull(texts), validity);
                }
                case WIDE -> throw new AssertionError(type);
            };
        }
    }
}
