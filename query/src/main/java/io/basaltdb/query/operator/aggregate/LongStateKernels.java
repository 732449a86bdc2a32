package io.basaltdb.query.operator.aggregate;

/// The loops of [LongStates]: `states[groups[i] * stride + offset]` takes value `i`. A masked row carries the operation's neutral value.
final class LongStateKernels {
    private LongStateKernels() {}

    static void count(int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            states[groups[i] * stride + offset]++;
        }
    }

    static void countMasked(
            long[] mask, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            states[groups[i] * stride + offset] += mask[i >> 6] >>> i & 1;
        }
    }

    static void sumNarrow(
            long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            states[groups[i] * stride + offset] += values[i];
        }
    }

    static void sumNarrow2(
            long[] first,
            long[] second,
            int[] groups,
            int count,
            long[] states,
            int stride,
            int a,
            int b) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride;
            states[at + a] += first[i];
            states[at + b] += second[i];
        }
    }

    static void sumNarrow3(
            long[] first,
            long[] second,
            long[] third,
            int[] groups,
            int count,
            long[] states,
            int stride,
            int a,
            int b,
            int c) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride;
            states[at + a] += first[i];
            states[at + b] += second[i];
            states[at + c] += third[i];
        }
    }

    static void sumNarrow4(
            long[] first,
            long[] second,
            long[] third,
            long[] fourth,
            int[] groups,
            int count,
            long[] states,
            int stride,
            int a,
            int b,
            int c,
            int d) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride;
            states[at + a] += first[i];
            states[at + b] += second[i];
            states[at + c] += third[i];
            states[at + d] += fourth[i];
        }
    }

    static void sumNarrow5(
            long[] first,
            long[] second,
            long[] third,
            long[] fourth,
            long[] fifth,
            int[] groups,
            int count,
            long[] states,
            int stride,
            int a,
            int b,
            int c,
            int d,
            int e) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride;
            states[at + a] += first[i];
            states[at + b] += second[i];
            states[at + c] += third[i];
            states[at + d] += fourth[i];
            states[at + e] += fifth[i];
        }
    }

    static void sumNarrow6(
            long[] first,
            long[] second,
            long[] third,
            long[] fourth,
            long[] fifth,
            long[] sixth,
            int[] groups,
            int count,
            long[] states,
            int stride,
            int a,
            int b,
            int c,
            int d,
            int e,
            int f) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride;
            states[at + a] += first[i];
            states[at + b] += second[i];
            states[at + c] += third[i];
            states[at + d] += fourth[i];
            states[at + e] += fifth[i];
            states[at + f] += sixth[i];
        }
    }

    /// Adds with the carry into the high word.
    static void sum(long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride + offset;
            long value = values[i];
            long before = states[at];
            long after = before + value;
            states[at] = after;
            // A signed overflow of the low word is one step of the high word, in the direction of
            // the value.
            states[at + 1] += ((before ^ after) & (value ^ after)) >> 63 & (value >> 63 | 1);
        }
    }

    /// Adds the plain 128-bit number (high, low) to a sum whose low word is signed.
    static void add(long[] states, int at, long high, long low) {
        long before = states[at];
        long after = before + low;
        states[at] = after;
        states[at + 1] +=
                high - (low >> 63) + (((before ^ after) & (low ^ after)) >> 63 & (low >> 63 | 1));
    }

    static long sum(long[] values, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum;
    }

    /// Adds all values to one sum, with carries: lower and upper halves apart, which cannot overflow within a batch.
    static void sumInto(long[] values, int count, long[] states, int at) {
        long lower = 0;
        long upper = 0;
        for (int i = 0; i < count; i++) {
            lower += values[i] & 0xFFFF_FFFFL;
            upper += values[i] >> 32;
        }
        add(states, at, 0, lower);
        add(states, at, upper >> 32, upper << 32);
    }

    static void squares(
            long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            long value = values[i];
            addWide(
                    states,
                    groups[i] * stride + offset,
                    Math.multiplyHigh(value, value),
                    value * value);
        }
    }

    /// Adds a 128-bit number to a 192-bit one whose words lie from the lowest up.
    static void addWide(long[] states, int at, long high, long low) {
        long a = states[at] + low;
        long carry = Long.compareUnsigned(a, low) < 0 ? 1 : 0;
        states[at] = a;
        long b = states[at + 1] + high;
        long carryB = Long.compareUnsigned(b, high) < 0 ? 1 : 0;
        long c = b + carry;
        states[at + 1] = c;
        states[at + 2] += (high >> 63) + carryB + (Long.compareUnsigned(c, carry) < 0 ? 1 : 0);
    }

    static void addTriple(long[] states, int to, long[] other, int from) {
        addWide(states, to, 0, other[from]);
        // The sign of the upper words is carried by the third alone.
        long middle = states[to + 1] + other[from + 1];
        long carry = Long.compareUnsigned(middle, other[from + 1]) < 0 ? 1 : 0;
        states[to + 1] = middle;
        states[to + 2] += other[from + 2] + carry;
    }

    static void min(long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride + offset;
            states[at] = Math.min(states[at], values[i]);
        }
    }

    static void max(long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            int at = groups[i] * stride + offset;
            states[at] = Math.max(states[at], values[i]);
        }
    }

    static void and(long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            states[groups[i] * stride + offset] &= values[i];
        }
    }

    static void or(long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            states[groups[i] * stride + offset] |= values[i];
        }
    }

    static void xor(long[] values, int[] groups, int count, long[] states, int stride, int offset) {
        for (int i = 0; i < count; i++) {
            states[groups[i] * stride + offset] ^= values[i];
        }
    }

    static long min(long[] values, int count) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
        }
        return least;
    }

    static long max(long[] values, int count) {
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, values[i]);
        }
        return greatest;
    }

    static long and(long[] values, int count) {
        long all = -1;
        for (int i = 0; i < count; i++) {
            all &= values[i];
        }
        return all;
    }

    static long or(long[] values, int count) {
        long any = 0;
        for (int i = 0; i < count; i++) {
            any |= values[i];
        }
        return any;
    }

    static long xor(long[] values, int count) {
        long parity = 0;
        for (int i = 0; i < count; i++) {
            parity ^= values[i];
        }
        return parity;
    }
}
