package io.basaltdb.query.kernel;

import java.util.Arrays;

/// Whether values belong to a set: open addressing tables of `long` or bytes, sorted intervals. One bit per lane.
public final class Membership {
    private Membership() {}

    /// A table of distinct numbers for [#contains]: a power of two of slots, at most half full. An empty slot holds a number that is in no slot's chain: the first
    /// element of the table's last slot says which.
    public static long[] table(long[] points) {
        int slots = Integer.highestOneBit(Math.max(4, points.length * 2 - 1)) << 1;
        long empty = emptyMark(points);
        long[] table = new long[slots + 1];
        Arrays.fill(table, empty);
        for (long point : points) {
            int slot = (int) Hashing.mix(point) & (slots - 1);
            while (table[slot] != empty) {
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = point;
        }
        return table;
    }

    /// A number that is no point.
    private static long emptyMark(long[] points) {
        long[] sorted = points.clone();
        Arrays.sort(sorted);
        long mark = 0x5bd1_e995_9e37_79b9L;
        while (Arrays.binarySearch(sorted, mark) >= 0) {
            mark++;
        }
        return mark;
    }

    public static void contains(long[] table, long[] values, long[] out, int count) {
        int mask = table.length - 2;
        long empty = table[table.length - 1];
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= find(table, mask, empty, values[base + i]) << i;
            }
            out[base >> 6] = word;
        }
    }

    private static long find(long[] table, int mask, long empty, long value) {
        int slot = (int) Hashing.mix(value) & mask;
        long found = table[slot];
        while (found != value && found != empty) {
            slot = (slot + 1) & mask;
            found = table[slot];
        }
        return found == value && value != empty ? 1 : 0;
    }

    /// Whether each value lies in one of the disjoint, ascending intervals, both ends inclusive.
    public static void inIntervals(
            long[] lows, long[] highs, long[] values, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                long value = values[base + i];
                int from = 0;
                int to = lows.length;
                while (from < to) {
                    int middle = (from + to) >>> 1;
                    if (lows[middle] <= value) {
                        from = middle + 1;
                    } else {
                        to = middle;
                    }
                }
                word |= (from > 0 && value <= highs[from - 1] ? 1L : 0L) << i;
            }
            out[base >> 6] = word;
        }
    }

    /// A table of distinct texts: a power of two of slots, at most half full.
    @SuppressWarnings("NullAway") // an empty slot is null, and only this class looks into slots
    public static byte[][] table(byte[][] points) {
        int slots = Integer.highestOneBit(Math.max(4, points.length * 2 - 1)) << 1;
        byte[][] table = new byte[slots][];
        for (byte[] point : points) {
            int slot = (int) Hashing.bytes(point, 0, point.length) & (slots - 1);
            while (table[slot] != null) {
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = point;
        }
        return table;
    }

    public static void contains(
            byte[][] table, byte[] heap, int[] start, int[] length, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                word |= find(table, heap, start[base + i], length[base + i]) << i;
            }
            out[base >> 6] = word;
        }
    }

    private static long find(byte[][] table, byte[] heap, int start, int length) {
        int mask = table.length - 1;
        int slot = (int) Hashing.bytes(heap, start, length) & mask;
        while (table[slot] != null) {
            byte[] point = table[slot];
            if (point.length == length
                    && Arrays.equals(point, 0, length, heap, start, start + length)) {
                return 1;
            }
            slot = (slot + 1) & mask;
        }
        return 0;
    }
}
