package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;

/// Compares single lanes of flat vectors in the order of values, nulls last.
final class KeyOrder {
    private KeyOrder() {}

    static int compare(Vector left, int leftLane, Vector right, int rightLane) {
        boolean leftNull = left.isNull(leftLane);
        boolean rightNull = right.isNull(rightLane);
        if (leftNull || rightNull) {
            return Boolean.compare(leftNull, rightNull);
        }
        return switch (left) {
            case DoubleVector a ->
                    Double.compare(
                            a.values()[leftLane] + 0.0,
                            ((DoubleVector) right).values()[rightLane] + 0.0);
            case BitVector a ->
                    Boolean.compare(a.get(leftLane), ((BitVector) right).get(rightLane));
            case BytesVector a -> compareText(a, leftLane, (BytesVector) right, rightLane);
            case LongVector a when right instanceof LongVector b ->
                    Long.compare(a.values()[leftLane], b.values()[rightLane]);
            default -> compareWide(left, leftLane, right, rightLane);
        };
    }

    /// Whether a lane of a chunk is that of a flat vector of the same type; neither is null.
    static boolean equal(ChunkColumn left, int leftLane, Vector right, int rightLane) {
        if (left instanceof ChunkColumn.Longs a && right instanceof LongVector b) {
            return a.values()[leftLane] == b.values()[rightLane];
        }
        return compare(left.vector(leftLane + 1), leftLane, right, rightLane) == 0;
    }

    private static int compareText(BytesVector a, int i, BytesVector b, int j) {
        return Arrays.compareUnsigned(
                a.heap(),
                a.start()[i],
                a.start()[i] + a.length()[i],
                b.heap(),
                b.start()[j],
                b.start()[j] + b.length()[j]);
    }

    private static int compareWide(Vector left, int i, Vector right, int j) {
        int order = Long.compare(high(left, i), high(right, j));
        return order != 0 ? order : Long.compareUnsigned(low(left, i), low(right, j));
    }

    private static long high(Vector vector, int lane) {
        return vector instanceof WideVector wide
                ? wide.high()[lane]
                : ((LongVector) vector).values()[lane] >> 63;
    }

    private static long low(Vector vector, int lane) {
        return vector instanceof WideVector wide
                ? wide.low()[lane]
                : ((LongVector) vector).values()[lane];
    }

    /// Where the number stands among ascending ones, negative where it does not. Keys are mostly spread evenly, so it is looked for around the place
    /// that its distance to the least and greatest says: a search from the middle waits for memory five times as often.
    ///
    /// @param least about the first of the numbers
    /// @param greatest about the last
    static int find(long[] numbers, long wanted, long least, long greatest) {
        int last = numbers.length - 1;
        double share = ((double) wanted - least) / Math.max(1, (double) greatest - (double) least);
        int guess = (int) Math.clamp(share * last, 0, last);
        int low = guess;
        int high = guess;
        int step = 1;
        while (low > 0 && numbers[low] > wanted) {
            high = low;
            low = Math.max(0, low - step);
            step *= 4;
        }
        while (high < last && numbers[high] < wanted) {
            low = high;
            high = Math.min(last, high + step);
            step *= 4;
        }
        return Arrays.binarySearch(numbers, low, high + 1, wanted);
    }

    /// A number that is, unsigned, less only where the lane's value is less.
    static long prefix(Vector vector, int lane) {
        if (vector.isNull(lane)) {
            return -1L;
        }
        return switch (vector) {
            case DoubleVector a -> SortOrder.orderedBits(a.values()[lane]);
            case BitVector a -> a.get(lane) ? 1 : 0;
            case BytesVector a -> SortOrder.word(a, lane, 0);
            case LongVector a ->
                    a.type().physical() == Physical.WIDE
                            ? a.values()[lane] >> 63 ^ Long.MIN_VALUE
                            : a.values()[lane] ^ Long.MIN_VALUE;
            default -> high(vector, lane) ^ Long.MIN_VALUE;
        };
    }
}
