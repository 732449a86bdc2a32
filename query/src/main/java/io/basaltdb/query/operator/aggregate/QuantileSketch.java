package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What is known of some doubles for quantiles: the values themselves up to [#EXACT] of them; above that how many lie in each interval of equal relative width,
/// 128 between a power of two and the next, so that the middle of one is within 0.4 % of every value in it. The least and the greatest value are exact.
/// It depends on the values alone, not on their order or on how sketches of parts of them were merged.
final class QuantileSketch {
    static final int EXACT = 256;

    /// Marks the bytes of [#write].
    private static final byte MARK = 'Q';

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 6;
    private static final int SHIFT = 52 - 7;
    private static final int FREE = Integer.MIN_VALUE;

    private double[] values = new double[4];
    private int valueCount;

    private int[] keys = {};
    private long[] counts = {};
    private int used;
    private long total;
    private double least = Double.NaN;
    private double greatest = Double.NaN;

    private boolean isExact() {
        return keys.length == 0;
    }

    long sizeBytes() {
        return 120 + 8L * values.length + 12L * keys.length;
    }

    void add(double value) {
        if (isExact() && valueCount < EXACT) {
            if (valueCount == values.length) {
                values = Arrays.copyOf(values, 2 * valueCount);
            }
            values[valueCount++] = value;
            return;
        }
        if (isExact()) {
            coarsen();
        }
        count(key(value), 1);
        bound(value);
    }

    private void coarsen() {
        keys = new int[EXACT];
        counts = new long[EXACT];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < valueCount; i++) {
            count(key(values[i]), 1);
            bound(values[i]);
        }
        values = new double[0];
        valueCount = 0;
    }

    /// Widens the bounds, if they are none yet to just that value.
    private void bound(double value) {
        long ordered = OrderedDouble.toLong(value);
        boolean first = total == 1;
        if (first || ordered < OrderedDouble.toLong(least)) {
            least = value + 0.0;
        }
        if (first || ordered > OrderedDouble.toLong(greatest)) {
            greatest = value + 0.0;
        }
    }

    private static int key(double value) {
        return (int) (OrderedDouble.toLong(value) >> SHIFT);
    }

    /// The middle of an interval; that of infinity holds nothing else.
    private static double middle(int key) {
        if (key == key(Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        return key == key(Double.NEGATIVE_INFINITY)
                ? Double.NEGATIVE_INFINITY
                : OrderedDouble.toDouble(((long) key << SHIFT) + (1L << (SHIFT - 1)));
    }

    private void count(int key, long more) {
        if (2 * used >= keys.length) {
            enlarge();
        }
        int slot = slot(keys, key);
        used += keys[slot] == FREE ? 1 : 0;
        keys[slot] = key;
        counts[slot] += more;
        total += more;
    }

    private static int slot(int[] keys, int key) {
        int slot = ((key * 0x9E3779B1) >>> 8) & (keys.length - 1);
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void enlarge() {
        int[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new int[2 * oldKeys.length];
        counts = new long[keys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    void merge(QuantileSketch other) {
        for (int i = 0; i < other.valueCount; i++) {
            add(other.values[i]);
        }
        if (!other.isExact()) {
            if (isExact()) {
                coarsen();
            }
            boolean empty = total == 0;
            for (int i = 0; i < other.keys.length; i++) {
                if (other.keys[i] != FREE) {
                    count(other.keys[i], other.counts[i]);
                }
            }
            if (empty) {
                least = other.least;
                greatest = other.greatest;
            } else {
                bound(other.least);
                bound(other.greatest);
            }
        }
    }

    boolean isEmpty() {
        return valueCount == 0 && total == 0;
    }

    /// The first value, or what stands for it, with at least that share of all up to it. There must be one.
    double quantile(double fraction) {
        long size = isExact() ? valueCount : total;
        long rank = Math.max(1, (long) Math.ceil(fraction * size));
        if (isExact()) {
            return sorted()[(int) rank - 1] + 0.0;
        }
        if (rank >= total) {
            return greatest;
        }
        long seen = 0;
        for (int key : sortedKeys()) {
            seen += counts[slot(keys, key)];
            if (seen >= rank) {
                return rank == 1 ? least : inBounds(middle(key));
            }
        }
        throw new AssertionError("the counts are those of all values");
    }

    private double inBounds(double value) {
        if (Double.isNaN(value)) {
            return value;
        }
        double above = Math.max(value, least);
        return Double.isNaN(greatest) ? above : Math.min(above, greatest);
    }

    private double[] sorted() {
        double[] sorted = Arrays.copyOf(values, valueCount);
        Arrays.sort(sorted);
        return sorted;
    }

    private int[] sortedKeys() {
        int[] sorted = new int[used];
        int next = 0;
        for (int key : keys) {
            if (key != FREE) {
                sorted[next++] = key;
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /// Its bytes, as the package specifies them.
    byte[] write() {
        int count = isExact() ? valueCount : used;
        int bodyBytes = isExact() ? 8 * count : 16 + 12 * count;
        ByteBuffer out =
                ByteBuffer.allocate(HEADER_BYTES + 1 + bodyBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MARK).put(VERSION).put((byte) (isExact() ? 0 : 1)).putInt(count);
        if (isExact()) {
            for (double value : sorted()) {
                out.putDouble(value + 0.0);
            }
        } else {
            out.putDouble(least).putDouble(greatest);
            for (int key : sortedKeys()) {
                out.putInt(key).putLong(counts[slot(keys, key)]);
            }
        }
        return out.array();
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws BasaltException INVALID_ARGUMENT where it is something else
    static QuantileSketch read(byte[] heap, int start, int length) {
        ByteBuffer in = ByteBuffer.wrap(heap, start, length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (in.get() != MARK || in.get() != VERSION) {
                throw foreign();
            }
            QuantileSketch sketch = new QuantileSketch();
            boolean isExact = in.get() == 0;
            int count = in.getInt();
            if (count < 0 || (isExact && count > EXACT)) {
                throw foreign();
            }
            if (isExact) {
                for (int i = 0; i < count; i++) {
                    sketch.add(in.getDouble());
                }
            } else {
                sketch.coarsen();
                double least = in.getDouble();
                double greatest = in.getDouble();
                for (int i = 0; i < count; i++) {
                    int key = in.getInt();
                    long more = in.getLong();
                    if (more <= 0 || key == FREE) {
                        throw foreign();
                    }
                    sketch.count(key, more);
                }
                sketch.least = least;
                sketch.greatest = greatest;
            }
            if (in.hasRemaining()) {
                throw foreign();
            }
            return sketch;
        } catch (BufferUnderflowException e) {
            throw foreign();
        }
    }

    private static BasaltException foreign() {
        return new BasaltException(
                ErrorCode.INVALID_ARGUMENT,
                "the bytes are not a state that approx_quantile_state gave");
    }
}
