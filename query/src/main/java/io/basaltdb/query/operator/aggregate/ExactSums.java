package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Exact sums of doubles, one per group, so that the answer does not depend on the order in which lanes, batches and merges bring the terms.
///
/// A group has a fixed-point number of 192 bits in a window of about 100 binary exponents around its first term: a term is a shift and three
/// additions. The first term that does not fit moves the group to an [ExactSum], which fits every double. NaN and the infinities are
/// remembered as marks.
final class ExactSums implements Accumulator {
    private static final int STRIDE = 4;
    private static final int FIRST_GROUPS = 16;

    /// Exponents above a window's lowest that still fit: 53 bits of a term and 38 bits for the number of terms stay below 2^191.
    private static final int WINDOW = 100;

    /// Fourth long of a group: lowest exponent of the window, as a double has it (bits 0–11), marks, and the number of its wide sum + 1 (from bit 32).
    private static final long BASE_MASK = 0xFFF;

    /// An empty window: terms that small are rare, and for any other the window moves while it is empty.
    private static final long LOWEST_BASE = 1;

    private static final long NAN = 1 << 12;
    private static final long POSITIVE = 1 << 13;
    private static final long NEGATIVE = 1 << 14;
    private static final int WIDE_SHIFT = 32;

    private final int input;
    private final int mask;
    private final Reservation reservation;
    private final List<ExactSum> wide = new ArrayList<>();
    private long[] states = new long[STRIDE * FIRST_GROUPS];
    private int groups;

    ExactSums(int input, int mask, Reservation reservation) {
        this.input = input;
        this.mask = mask;
        this.reservation = reservation;
        reservation.grow(8L * states.length);
    }

    @Override
    public void ensure(int groupCount) {
        int needed = Math.multiplyExact(groupCount, STRIDE);
        if (needed > states.length) {
            int size = Math.max(needed, states.length <= 1 << 29 ? 2 * states.length : needed);
            reservation.grow(8L * size);
            int before = states.length;
            states = Arrays.copyOf(states, size);
            reservation.shrink(8L * before);
        }
        for (int group = groups; group < groupCount; group++) {
            states[group * STRIDE + 3] = LOWEST_BASE;
        }
        groups = Math.max(groups, groupCount);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] rowGroups) {
        double[] values = block.inputs[input].doubles;
        long[] rows = mask < 0 ? null : block.mask(mask);
        int from = 0;
        while (from < block.count) {
            // The loop stops at a term that does not fit its window.
            from =
                    rows == null
                            ? add(values, rowGroups, from, block.count, states)
                            : addMasked(values, rows, rowGroups, from, block.count, states);
            if (from < block.count) {
                addSlowly(rowGroups == null ? 0 : rowGroups[from], values[from]);
                from++;
            }
        }
    }

    private static int add(
            double[] values, int @Nullable [] groups, int from, int to, long[] states) {
        for (int i = from; i < to; i++) {
            if (!addFast(values[i], groups == null ? 0 : groups[i] * STRIDE, states)) {
                return i;
            }
        }
        return to;
    }

    private static int addMasked(
            double[] values,
            long[] mask,
            int @Nullable [] groups,
            int from,
            int to,
            long[] states) {
        for (int i = from; i < to; i++) {
            if ((mask[i >> 6] >>> i & 1) != 0
                    && !addFast(values[i], groups == null ? 0 : groups[i] * STRIDE, states)) {
                return i;
            }
        }
        return to;
    }

    private static boolean addFast(double value, int at, long[] states) {
        long bits = Double.doubleToRawLongBits(value);
        int raw = (int) (bits >>> 52) & 0x7FF;
        long status = states[at + 3];
        int shift = raw - (int) (status & BASE_MASK);
        if (shift < 0 || shift > WINDOW || raw == 0 || raw == 0x7FF || status >>> WIDE_SHIFT != 0) {
            return false;
        }
        long sign = bits >> 63;
        long mantissa = (((bits & 0xF_FFFF_FFFF_FFFFL) | 0x10_0000_0000_0000L) ^ sign) - sign;
        addShifted(mantissa, shift, at, states);
        return true;
    }

    private static void addShifted(long mantissa, int shift, int at, long[] states) {
        int bits = shift & 63;
        long low = mantissa << bits;
        long high = mantissa >> 1 >> (63 - bits);
        int first = at + (shift >> 6);
        long a = states[first] + low;
        long carry = Long.compareUnsigned(a, low) < 0 ? 1 : 0;
        states[first] = a;
        long b = states[first + 1] + high;
        long carryOut = Long.compareUnsigned(b, high) < 0 ? 1 : 0;
        long c = b + carry;
        carryOut += Long.compareUnsigned(c, carry) < 0 ? 1 : 0;
        states[first + 1] = c;
        if (shift < 64) {
            states[first + 2] += (high >> 63) + carryOut;
        }
    }

    private void addSlowly(int group, double value) {
        int at = group * STRIDE;
        if (value == 0) {
            return;
        }
        if (Double.isNaN(value)) {
            states[at + 3] |= NAN;
        } else if (Double.isInfinite(value)) {
            states[at + 3] |= value > 0 ? POSITIVE : NEGATIVE;
        } else if (isEmpty(at)) {
            int raw = (int) (Double.doubleToRawLongBits(value) >>> 52) & 0x7FF;
            int base = Math.max(1, raw - WINDOW / 2);
            states[at + 3] = (states[at + 3] & ~BASE_MASK) | base;
            if (!addFast(value, at, states)) {
                widen(at).add(value);
            }
        } else if (!addFast(value, at, states)) {
            widen(at).add(value);
        }
    }

    /// Whether the group has no window yet, or one that holds 0 and may move.
    private boolean isEmpty(int at) {
        return (states[at] | states[at + 1] | states[at + 2]) == 0
                && states[at + 3] >>> WIDE_SHIFT == 0;
    }

    /// The group's wide sum, into which its window is emptied.
    private ExactSum widen(int at) {
        long index = states[at + 3] >>> WIDE_SHIFT;
        if (index != 0) {
            return wide.get((int) index - 1);
        }
        reservation.grow(ExactSum.bytes(ExactSum.SUM_WORDS));
        ExactSum sum = ExactSum.ofTerms();
        wide.add(sum);
        addWindow(states, at, sum);
        states[at] = 0;
        states[at + 1] = 0;
        states[at + 2] = 0;
        states[at + 3] |= (long) wide.size() << WIDE_SHIFT;
        return sum;
    }

    /// Adds a window of 192 bits to a wide sum.
    private static void addWindow(long[] states, int at, ExactSum sum) {
        int base = (int) (states[at + 3] & BASE_MASK);
        if ((states[at] | states[at + 1] | states[at + 2]) != 0) {
            // An exponent of 1 is the lowest bit of a wide sum.
            sum.add(0, states[at], base - 1);
            sum.add(states[at + 2], states[at + 1], base - 1 + 64);
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ExactSums source = (ExactSums) other;
        for (int i = 0; i < count; i++) {
            merge(source, from[i] * STRIDE, to[i] * STRIDE);
        }
    }

    private void merge(ExactSums source, int from, int to) {
        long theirs = source.states[from + 3];
        states[to + 3] |= theirs & (NAN | POSITIVE | NEGATIVE);
        long theirWide = theirs >>> WIDE_SHIFT;
        if (theirWide != 0) {
            widen(to).add(source.wide.get((int) theirWide - 1));
            return;
        }
        if ((source.states[from] | source.states[from + 1] | source.states[from + 2]) == 0) {
            return;
        }
        if (isEmpty(to)) {
            System.arraycopy(source.states, from, states, to, 3);
            states[to + 3] = (states[to + 3] & ~BASE_MASK) | (theirs & BASE_MASK);
        } else if (states[to + 3] >>> WIDE_SHIFT == 0
                && ((states[to + 3] ^ theirs) & BASE_MASK) == 0) {
            LongStateKernels.addTriple(states, to, source.states, from);
        } else {
            addWindow(source.states, from, widen(to));
        }
    }

    /// Adds a finite term to a group.
    void add(int group, double value) {
        if (!addFast(value, group * STRIDE, states)) {
            addSlowly(group, value);
        }
    }

    /// Makes the first group's sum 0, unless some sum is wide.
    boolean clearNarrow() {
        Arrays.fill(states, 0, 3, 0);
        states[3] = LOWEST_BASE;
        return wide.isEmpty();
    }

    /// Bytes reserved for the sums.
    long bytes() {
        return 8L * states.length + wide.size() * ExactSum.bytes(ExactSum.SUM_WORDS);
    }

    /// The group's sum ÷ divisor, rounded once.
    double quotient(int group, long divisor) {
        int at = group * STRIDE;
        long status = states[at + 3];
        long infinite = status & (POSITIVE | NEGATIVE);
        if ((status & NAN) != 0 || infinite == (POSITIVE | NEGATIVE)) {
            return Double.NaN;
        }
        if (infinite != 0) {
            return infinite == POSITIVE ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        long index = status >>> WIDE_SHIFT;
        if (index != 0) {
            return wide.get((int) index - 1).quotient(divisor);
        }
        int exponent = (int) (status & BASE_MASK) - 1 + ExactSum.SUM_EXPONENT;
        return Rounding.quotient(states[at + 2], states[at + 1], states[at], exponent, divisor);
    }

    @Override
    public Vector result(int first, int count) {
        throw new AssertionError("is read by quotient");
    }
}
