package io.basaltdb.query.kernel;

import java.util.Arrays;

/// Comparisons that give one bit per lane: bit i of word i / 64. Only "less" and "equal" exist in each form (and "greater" against a constant): the others are
/// these with sides exchanged or bits turned. Doubles are ordered with −0.0 equal to 0.0 and NaN equal to itself and greatest.
// No branch on data: & and |, and x != x for NaN.
@SuppressWarnings({"ShortCircuitBoolean", "IdentityBinaryExpression"})
public final class Comparison {
    private Comparison() {}

    public static void less(long[] left, long[] right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= (left[base + i] < right[base + i] ? 1L : 0L) << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void equal(long[] left, long[] right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= (left[base + i] == right[base + i] ? 1L : 0L) << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void less(long[] left, long right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= (left[base + i] < right ? 1L : 0L) << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void greater(long[] left, long right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= (left[base + i] > right ? 1L : 0L) << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void equal(long[] left, long right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= (left[base + i] == right ? 1L : 0L) << i;
            }
            out[base >> 6] = word;
        }
    }

    /// Whether low ≤ value ≤ high, with one comparison: low ≤ high.
    public static void between(long[] values, long low, long high, long[] out, int count) {
        long span = high - low + Long.MIN_VALUE;
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= (values[base + i] - low + Long.MIN_VALUE <= span ? 1L : 0L) << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void less(double[] left, double[] right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        ((left[base + i] < right[base + i]
                                                | (right[base + i] != right[base + i]
                                                        & left[base + i] == left[base + i]))
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void equal(double[] left, double[] right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        ((left[base + i] == right[base + i]
                                                | (left[base + i] != left[base + i]
                                                        & right[base + i] != right[base + i]))
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void less(double[] left, double right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        ((left[base + i] < right
                                                | (right != right
                                                        & left[base + i] == left[base + i]))
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void greater(double[] left, double right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        ((right < left[base + i]
                                                | (left[base + i] != left[base + i]
                                                        & right == right))
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void equal(double[] left, double right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        ((left[base + i] == right
                                                | (left[base + i] != left[base + i]
                                                        & right != right))
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void less(
            long[] leftHigh,
            long[] leftLow,
            long[] rightHigh,
            long[] rightLow,
            long[] out,
            int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        ((leftHigh[base + i] < rightHigh[base + i]
                                                | (leftHigh[base + i] == rightHigh[base + i]
                                                        & leftLow[base + i] + Long.MIN_VALUE
                                                                < rightLow[base + i]
                                                                        + Long.MIN_VALUE))
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void equal(
            long[] leftHigh,
            long[] leftLow,
            long[] rightHigh,
            long[] rightLow,
            long[] out,
            int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        ((leftHigh[base + i] == rightHigh[base + i]
                                                & leftLow[base + i] == rightLow[base + i])
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void less(
            byte[] leftHeap,
            int[] leftStart,
            int[] leftLength,
            byte[] rightHeap,
            int[] rightStart,
            int[] rightLength,
            long[] out,
            int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        (compareBytes(
                                                        leftHeap,
                                                        leftStart[base + i],
                                                        leftLength[base + i],
                                                        rightHeap,
                                                        rightStart[base + i],
                                                        rightLength[base + i])
                                                < 0
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void equal(
            byte[] leftHeap,
            int[] leftStart,
            int[] leftLength,
            byte[] rightHeap,
            int[] rightStart,
            int[] rightLength,
            long[] out,
            int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        (equalBytes(
                                                leftHeap,
                                                leftStart[base + i],
                                                leftLength[base + i],
                                                rightHeap,
                                                rightStart[base + i],
                                                rightLength[base + i])
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void less(
            byte[] heap, int[] start, int[] length, byte[] right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        (compareBytes(
                                                        heap,
                                                        start[base + i],
                                                        length[base + i],
                                                        right,
                                                        0,
                                                        right.length)
                                                < 0
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void greater(
            byte[] heap, int[] start, int[] length, byte[] right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        (compareBytes(
                                                        heap,
                                                        start[base + i],
                                                        length[base + i],
                                                        right,
                                                        0,
                                                        right.length)
                                                > 0
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    public static void equal(
            byte[] heap, int[] start, int[] length, byte[] right, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |=
                        (equalBytes(heap, start[base + i], length[base + i], right, 0, right.length)
                                        ? 1L
                                        : 0L)
                                << i;
            }
            out[base >> 6] = word;
        }
    }

    private static int compareBytes(
            byte[] left,
            int leftStart,
            int leftLength,
            byte[] right,
            int rightStart,
            int rightLength) {
        return Arrays.compareUnsigned(
                left,
                leftStart,
                leftStart + leftLength,
                right,
                rightStart,
                rightStart + rightLength);
    }

    private static boolean equalBytes(
            byte[] left,
            int leftStart,
            int leftLength,
            byte[] right,
            int rightStart,
            int rightLength) {
        return leftLength == rightLength
                && Arrays.equals(
                        left,
                        leftStart,
                        leftStart + leftLength,
                        right,
                        rightStart,
                        rightStart + rightLength);
    }
}
