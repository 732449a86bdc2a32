package io.basaltdb.query.expression;

import io.basaltdb.query.expression.Expression.In.NullIs;
import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.query.kernel.Comparison;
import io.basaltdb.query.kernel.Membership;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a value lies in a set of points and intervals. Whole numbers: a few intervals by comparisons, many points by a hash table, many intervals by binary
/// search; texts: points by a hash table; everything else by binary search.
final class InComputation extends Computation {
    private static final int FEW = 4;
    private static final int MANY_POINTS = 8;

    private final Computation operand;
    private final Ranges ranges;
    private final NullIs nullIs;
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();

    /// Whole numbers: ends of the intervals, both inclusive.
    private long[] lows = new long[0];

    private long[] highs = new long[0];
    private long[] table = new long[0];
    private byte[][] texts = new byte[0][];
    private boolean isPoints;
    private long[] out = new long[0];
    private long[] part = new long[0];
    private long[] limit = new long[0];

    InComputation(Expression.In in, Computation operand) {
        super(Type.BOOLEAN);
        this.operand = operand;
        this.ranges = in.ranges();
        this.nullIs = in.nullIs();
        isPoints = ranges.intervals().stream().allMatch(Ranges.Interval::isPoint);
        switch (operand.type.physical()) {
            case LONG, WIDE -> prepareWholes();
            case BYTES -> prepareTexts();
            case DOUBLE, BITS -> {}
        }
    }

    private void prepareWholes() {
        List<long[]> ends = new ArrayList<>();
        for (Ranges.Interval interval : ranges.intervals()) {
            long low = end(interval.low(), interval.lowInclusive(), true);
            long high = end(interval.high(), interval.highInclusive(), false);
            boolean overLow = isBeyond(interval.low(), interval.lowInclusive(), true);
            boolean overHigh = isBeyond(interval.high(), interval.highInclusive(), false);
            if (!overLow && !overHigh && low <= high) {
                ends.add(new long[] {low, high});
            }
        }
        lows = ends.stream().mapToLong(pair -> pair[0]).toArray();
        highs = ends.stream().mapToLong(pair -> pair[1]).toArray();
        isPoints = isPoints && lows.length > MANY_POINTS;
        if (isPoints) {
            table = Membership.table(lows);
        }
    }

    /// The end of an interval as an inclusive `long`; the greatest or smallest where it is open or out of range.
    private static long end(@Nullable Value value, boolean inclusive, boolean isLow) {
        long open = isLow ? Long.MIN_VALUE : Long.MAX_VALUE;
        if (!(value instanceof Value.Whole(long number))) {
            return open;
        }
        if (inclusive || (isLow ? number == Long.MAX_VALUE : number == Long.MIN_VALUE)) {
            return number;
        }
        return isLow ? number + 1 : number - 1;
    }

    /// Whether no `long` satisfies that end.
    private static boolean isBeyond(@Nullable Value value, boolean inclusive, boolean isLow) {
        if (value instanceof Value.Wide(long high, long _)) {
            return isLow ? high >= 0 : high < 0;
        }
        return value instanceof Value.Whole(long number)
                && !inclusive
                && number == (isLow ? Long.MAX_VALUE : Long.MIN_VALUE);
    }

    private void prepareTexts() {
        if (isPoints) {
            List<byte[]> points = new ArrayList<>();
            for (Ranges.Interval interval : ranges.intervals()) {
                if (interval.low() instanceof Value.Bytes(byte[] text)) {
                    points.add(text);
                }
            }
            texts = Membership.table(points.toArray(byte[][]::new));
        }
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        Vector vector = operand.compute(batch, live);
        int size = batch.size();
        int words = Validity.words(size);
        out = Scratch.longs(out, words);
        if (vector instanceof ConstantVector constant) {
            boolean inside = !constant.value().isNull() && ranges.contains(constant.value());
            Bits.fill(out, inside ? -1L : 0, words);
        } else {
            test(vector, size);
        }
        return withNulls(vector.validity(), size, words);
    }

    private void test(Vector vector, int size) {
        switch (vector.type().physical()) {
            case LONG -> wholes(longs.read(vector, size), size);
            case WIDE -> {
                if (vector instanceof LongVector
                        || (vector instanceof DictionaryVector coded
                                && coded.dictionary().values() instanceof LongVector)) {
                    wholes(longs.read(vector, size), size);
                } else {
                    wides(vector, size);
                }
            }
            case DOUBLE -> doubles(vector, size);
            case BITS -> booleans(vector, size);
            case BYTES -> texts(vector, size);
        }
    }

    private void wholes(long[] values, int size) {
        if (lows.length <= FEW) {
            int words = Validity.words(size);
            Bits.fill(out, 0, words);
            part = Scratch.longs(part, words);
            for (int i = 0; i < lows.length; i++) {
                if (lows[i] == highs[i]) {
                    Comparison.equal(values, lows[i], part, size);
                } else {
                    Comparison.between(values, lows[i], highs[i], part, size);
                }
                Bits.or(out, part, out, words);
            }
        } else if (isPoints) {
            Membership.contains(table, values, out, size);
        } else {
            Membership.inIntervals(lows, highs, values, out, size);
        }
    }

    private void wides(Vector vector, int size) {
        wide.read(vector, size);
        Bits.fill(out, 0, Validity.words(size));
        for (int i = 0; i < size; i++) {
            if (ranges.contains(Value.of(wide.high()[i], wide.low()[i]))) {
                out[i >> 6] |= 1L << i;
            }
        }
    }

    private void doubles(Vector vector, int size) {
        double[] values = doubles.read(vector, size);
        Bits.fill(out, 0, Validity.words(size));
        for (int i = 0; i < size; i++) {
            if (ranges.contains(Value.of(values[i]))) {
                out[i >> 6] |= 1L << i;
            }
        }
    }

    private void booleans(Vector vector, int size) {
        long whenTrue = ranges.contains(Value.of(true)) ? -1L : 0;
        long whenFalse = ranges.contains(Value.of(false)) ? -1L : 0;
        long[] values = bits.read(vector, size);
        for (int i = 0; i < Validity.words(size); i++) {
            out[i] = (values[i] & whenTrue) | (~values[i] & whenFalse);
        }
    }

    private void texts(Vector vector, int size) {
        bytes.read(vector, size);
        if (isPoints) {
            Membership.contains(texts, bytes.heap(), bytes.start(), bytes.length(), out, size);
            return;
        }
        int words = Validity.words(size);
        Bits.fill(out, 0, words);
        part = Scratch.longs(part, words);
        limit = Scratch.longs(limit, words);
        for (Ranges.Interval interval : ranges.intervals()) {
            Bits.fill(part, -1L, words);
            atLeast(interval, size, words);
            atMost(interval, size, words);
            Bits.or(out, part, out, words);
        }
    }

    private void atLeast(Ranges.Interval interval, int size, int words) {
        if (interval.low() instanceof Value.Bytes(byte[] low)) {
            if (interval.lowInclusive()) {
                Comparison.less(bytes.heap(), bytes.start(), bytes.length(), low, limit, size);
                Bits.andNot(part, limit, part, words);
            } else {
                Comparison.greater(bytes.heap(), bytes.start(), bytes.length(), low, limit, size);
                Bits.and(part, limit, part, words);
            }
        }
    }

    private void atMost(Ranges.Interval interval, int size, int words) {
        if (interval.high() instanceof Value.Bytes(byte[] high)) {
            if (interval.highInclusive()) {
                Comparison.greater(bytes.heap(), bytes.start(), bytes.length(), high, limit, size);
                Bits.andNot(part, limit, part, words);
            } else {
                Comparison.less(bytes.heap(), bytes.start(), bytes.length(), high, limit, size);
                Bits.and(part, limit, part, words);
            }
        }
    }

    private Vector withNulls(long @Nullable [] validity, int size, int words) {
        if (validity != null) {
            switch (nullIs) {
                case UNKNOWN -> {
                    return new BitVector(Type.BOOLEAN, size, out, validity);
                }
                case FALSE -> Bits.and(out, validity, out, words);
                case TRUE -> Bits.orNot(out, validity, out, words);
            }
        }
        return new BitVector(Type.BOOLEAN, size, out, null);
    }
}
