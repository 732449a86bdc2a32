package io.basaltdb.query.operator.window;

/// Marked positions of a bucket.
final class Marks {
    private final long[] words;
    private final int size;

    Marks(int size) {
        this.size = size;
        this.words = new long[words(size)];
    }

    static int words(int size) {
        return (size + 63) >>> 6;
    }

    void add(int position) {
        words[position >> 6] |= 1L << position;
    }

    boolean has(int position) {
        return (words[position >> 6] >>> position & 1) != 0;
    }

    /// The first marked position from that one on, or the number of positions.
    int next(int position) {
        if (position >= size) {
            return size;
        }
        int word = position >> 6;
        long rest = words[word] >>> position << position;
        while (rest == 0) {
            if (++word == words.length) {
                return size;
            }
            rest = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }
}
