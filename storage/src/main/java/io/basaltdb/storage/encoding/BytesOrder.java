package io.basaltdb.storage.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Sorts the strings of a [BytesTable] by unsigned bytes: a three-way quicksort that compares eight bytes at a time and goes on behind them
/// only among strings that agree so far, so that shared prefixes (URLs) are looked at once.
final class BytesOrder {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int CHUNK = Long.BYTES;
    private static final int SMALL = 12;

    private final BytesTable table;
    private final int[] codes;
    private final long[] chunks;

    private BytesOrder(BytesTable table) {
        this.table = table;
        this.codes = new int[table.size()];
        this.chunks = new long[table.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = i;
        }
    }

    /// The codes in the order of their strings.
    static int[] sorted(BytesTable table) {
        BytesOrder order = new BytesOrder(table);
        order.sort(0, order.codes.length, 0);
        return order.codes;
    }

    /// Sorts strings that agree in their first `depth` bytes.
    private void sort(int from, int to, int depth) {
        int start = from;
        int end = to;
        int level = depth;
        while (end - start > 1) {
            loadChunks(start, end, level);
            quicksort(start, end);
            // Every stretch of equal chunks goes on behind them; the longest in this loop, so that
            // recursion is as deep as the logarithm of the number of strings.
            int longestFrom = start;
            int longestTo = start;
            int first = start;
            while (first < end) {
                int last = first + 1;
                while (last < end && chunks[last] == chunks[first]) {
                    last++;
                }
                int open = last - first > 1 ? finishShort(first, last, level) : last;
                if (last - open > longestTo - longestFrom) {
                    pending(longestFrom, longestTo, level + CHUNK);
                    longestFrom = open;
                    longestTo = last;
                } else {
                    pending(open, last, level + CHUNK);
                }
                first = last;
            }
            start = longestFrom;
            end = longestTo;
            level += CHUNK;
        }
    }

    private void pending(int from, int to, int depth) {
        if (to - from > 1) {
            sort(from, to, depth);
        }
    }

    private void loadChunks(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            chunks[i] = chunk(codes[i], depth);
        }
    }

    /// The next eight bytes, zero behind the end, as a number that orders like them when compared signed.
    private long chunk(int code, int depth) {
        int left = table.length(code) - depth;
        int at = table.start(code) + depth;
        byte[] heap = table.heap();
        long value = 0;
        if (left >= CHUNK) {
            value = (long) LONGS.get(heap, at);
        } else {
            for (int i = 0; i < left; i++) {
                value |= (heap[at + i] & 0xFFL) << (56 - 8 * i);
            }
        }
        return value ^ Long.MIN_VALUE;
    }

    /// Puts strings that end within the chunk, which differ in their length alone, to the front in order; returns where those that go on
    /// begin.
    private int finishShort(int from, int to, int depth) {
        int open = from;
        for (int i = from; i < to; i++) {
            if (table.length(codes[i]) - depth <= CHUNK) {
                swap(i, open++);
            }
        }
        for (int i = from + 1; i < open; i++) {
            for (int j = i; j > from && table.length(codes[j]) < table.length(codes[j - 1]); j--) {
                swap(j, j - 1);
            }
        }
        return open;
    }

    private void quicksort(int from, int to) {
        int start = from;
        int end = to;
        while (end - start > SMALL) {
            long pivot = median(chunks[start], chunks[(start + end) >>> 1], chunks[end - 1]);
            int less = start;
            int more = end;
            int i = start;
            while (i < more) {
                long value = chunks[i];
                if (value < pivot) {
                    swap(i++, less++);
                } else if (value > pivot) {
                    swap(i, --more);
                } else {
                    i++;
                }
            }
            if (less - start < end - more) {
                quicksort(start, less);
                start = more;
            } else {
                quicksort(more, end);
                end = less;
            }
        }
        for (int i = start + 1; i < end; i++) {
            for (int j = i; j > start && chunks[j] < chunks[j - 1]; j--) {
                swap(j, j - 1);
            }
        }
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int left, int right) {
        int code = codes[left];
        codes[left] = codes[right];
        codes[right] = code;
        long chunk = chunks[left];
        chunks[left] = chunks[right];
        chunks[right] = chunk;
    }
}
