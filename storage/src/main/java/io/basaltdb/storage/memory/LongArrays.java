package io.basaltdb.storage.memory;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Arrays of a few sizes that are used again, by one query after the other. What a query keeps for a second or two lives long enough that a collector copies it, to memory
/// that has to be brought in first: for a grouping of 10 M rows that took longer than the grouping. Arrays that stay are neither copied nor cleared.
///
/// Who takes an array reserves its bytes as if it were new; what waits here is bounded, and is given up when the heap is full. Safe for use by many threads.
public final class LongArrays {
    /// Lengths are multiples of this.
    public static final int UNIT = 4096;

    private static final int MOST_UNITS = 8;

    private final long mostBytes;

    // Guards the two below.
    private final Object lock = new Object();
    private SoftReference<List<ArrayDeque<long[]>>> spare = new SoftReference<>(null);
    private long bytes;

    LongArrays(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// An array of that length, which may hold anything.
    public long[] take(int length) {
        if (isKept(length)) {
            synchronized (lock) {
                long[] array = spare(length).pollLast();
                if (array != null) {
                    bytes -= 8L * length;
                    return array;
                }
            }
        }
        return new long[length];
    }

    /// Takes an array back that its owner will not look at again.
    public void give(long[] array) {
        if (isKept(array.length)) {
            synchronized (lock) {
                ArrayDeque<long[]> ofLength = spare(array.length);
                if (bytes + 8L * array.length <= mostBytes) {
                    bytes += 8L * array.length;
                    ofLength.addLast(array);
                }
            }
        }
    }

    private static boolean isKept(int length) {
        return length > 0 && length % UNIT == 0 && length / UNIT <= MOST_UNITS;
    }

    private ArrayDeque<long[]> spare(int length) {
        List<ArrayDeque<long[]>> all = spare.get();
        if (all == null) {
            all = new ArrayList<>();
            for (int i = 0; i < MOST_UNITS; i++) {
                all.add(new ArrayDeque<>());
            }
            spare = new SoftReference<>(all);
            bytes = 0;
        }
        return all.get(length / UNIT - 1);
    }
}
