package io.basaltdb.formats.parquet.page;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;

/// Arrays for the bytes of pages, which are used again. Safe for use by many threads. Those that nobody uses are held as long as memory allows, and 64 MiB at most.
public final class PageBuffers {
    /// Bytes behind those that were asked for.
    public static final int SLACK = 16;

    static final int MOST_BYTES_OF_ONE = Integer.MAX_VALUE - 64;

    private static final long MOST_IDLE_BYTES = 64L << 20;
    private static final int STEP = 1 << 14;

    /// An array may be so many times larger than what it is needed for.
    private static final int LARGER = 4;

    // Guarded by this.
    private SoftReference<List<byte[]>> idle = new SoftReference<>(null);
    private long idleBytes;

    /// An array of at least so many bytes and the slack; it may hold anything.
    synchronized byte[] take(int size) {
        int needed = Math.addExact(size, SLACK);
        List<byte[]> arrays = idle.get();
        int best = -1;
        for (int i = 0; arrays != null && i < arrays.size(); i++) {
            int length = arrays.get(i).length;
            if (length >= needed
                    && length / LARGER <= needed
                    && (best < 0 || length < arrays.get(best).length)) {
                best = i;
            }
        }
        if (arrays == null || best < 0) {
            return new byte
                    [(int) Math.min(MOST_BYTES_OF_ONE, -(-(long) needed / STEP) * STEP + STEP)];
        }
        byte[] last = arrays.removeLast();
        byte[] found = best == arrays.size() ? last : arrays.set(best, last);
        idleBytes -= found.length;
        return found;
    }

    /// Gives back what [#take] gave; the caller uses it no more.
    synchronized void give(byte[] array) {
        List<byte[]> arrays = idle.get();
        if (arrays == null) {
            arrays = new ArrayList<>();
            idle = new SoftReference<>(arrays);
            idleBytes = 0;
        }
        if (array.length >= STEP && idleBytes + array.length <= MOST_IDLE_BYTES) {
            arrays.add(array);
            idleBytes += array.length;
        }
    }
}
