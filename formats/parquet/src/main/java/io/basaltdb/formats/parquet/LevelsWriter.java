package io.basaltdb.formats.parquet;

import io.basaltdb.query.function.Scratch;

/// Levels of the values of a page, and their bytes: runs of one level, and groups of eight levels bit by bit.
final class LevelsWriter {
    private static final int GROUP = 8;

    private final int width;
    private int[] levels = new int[1024];
    private int count;

    /// @param max the greatest level
    LevelsWriter(int max) {
        width = Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    void add(int level) {
        levels = Scratch.grown(levels, count + 1);
        levels[count++] = level;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /// Writes the bytes and, before them, how many they are; nothing where all levels are 0.
    void write(ByteBuilder out) {
        if (width == 0) {
            return;
        }
        int head = out.size();
        out.putInt(0);
        int at = 0;
        while (at < count) {
            int run = run(at);
            if (run >= GROUP || at + run == count) {
                out.putVarint((long) run << 1);
                out.putLow(levels[at], (width + 7) / 8);
                at += run;
            } else {
                at = groups(at, out);
            }
        }
        out.setInt(head, out.size() - head - Integer.BYTES);
    }

    private int run(int at) {
        int end = at + 1;
        while (end < count && levels[end] == levels[at]) {
            end++;
        }
        return end - at;
    }

    /// Groups up to where a long run begins; what the last one lacks is 0.
    private int groups(int start, ByteBuilder out) {
        int end = start;
        do {
            end += GROUP;
        } while (end < count && run(end) < GROUP);
        int groups = (end - start) / GROUP;
        out.putVarint((long) groups << 1 | 1);
        long bits = 0;
        int filled = 0;
        for (int i = start; i < end; i++) {
            bits |= (i < count ? (long) levels[i] : 0) << filled;
            filled += width;
            while (filled >= Byte.SIZE) {
                out.put((int) bits);
                bits >>>= Byte.SIZE;
                filled -= Byte.SIZE;
            }
        }
        return Math.min(end, count);
    }
}
