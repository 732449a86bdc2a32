package io.basaltdb.storage.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Compresses blocks of LZ4, as [Lz4Block] reads them: the first match that is found is taken, and what does not repeat is walked in growing steps.
///
/// Compares and copies eight bytes at a time. For one thread, and for one array: what it remembers are places in the array, which holds for the blocks that
/// follow each other in it.
final class Lz4Writer {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HASH_BITS = 13;
    private static final int HASH_FACTOR = -1640531535;

    /// The value of half a token that says that the length goes on in further bytes.
    private static final int LONG_LENGTH = 15;

    private static final int LEAST_MATCH = 4;
    private static final int MAX_BACK = 0xffff;

    /// The format wants these to be literals.
    private static final int LAST_LITERALS = 5;

    /// No match begins later than so many bytes before the end.
    private static final int LAST_MATCH = 12;

    /// Steps grow by one byte after so many of them without a match.
    private static final int STEP_SHIFT = 6;

    /// What a copy may write beyond the bytes that are meant.
    private static final int SLACK = 8;

    private byte[] source = {};
    private final int[] places = new int[1 << HASH_BITS];

    /// Goes on with another array, and knows nothing of the one before: what it writes does not depend on it.
    void begin(byte[] array) {
        source = array;
        Arrays.fill(places, 0);
    }

    /// The most bytes that so many bytes are turned into, and that [#write] may touch.
    static int room(int length) {
        return Math.addExact(length, length / 255 + 16 + SLACK);
    }

    /// Writes one block; returns where it ends. Blocks of one writer must follow each other in its array.
    ///
    /// @param target with [#room] behind `to`
    int write(int offset, int length, byte[] target, int to) {
        byte[] bytes = source;
        int end = offset + length;
        int lastMatch = end - LAST_MATCH;
        int literals = offset;
        int at = offset;
        int written = to;
        while (true) {
            int match = -1;
            int steps = 1 << STEP_SHIFT;
            while (at <= lastMatch) {
                int word = (int) INT.get(bytes, at);
                int slot = (word * HASH_FACTOR) >>> (Integer.SIZE - HASH_BITS);
                int place = places[slot];
                places[slot] = at;
                if (place >= offset
                        && place < at
                        && at - place <= MAX_BACK
                        && (int) INT.get(bytes, place) == word) {
                    match = place;
                    break;
                }
                at += steps++ >> STEP_SHIFT;
            }
            if (match < 0) {
                return writeLast(literals, end, target, written);
            }
            while (at > literals && match > offset && bytes[at - 1] == bytes[match - 1]) {
                at--;
                match--;
            }
            int matchEnd = matchEnd(at + LEAST_MATCH, match + LEAST_MATCH, end - LAST_LITERALS);
            int token = written;
            written = writeLiterals(literals, at, end, target, token);
            SHORT.set(target, written, (short) (at - match));
            written += 2;
            int more = matchEnd - at - LEAST_MATCH;
            if (more < LONG_LENGTH) {
                target[token] |= (byte) more;
            } else {
                target[token] |= (byte) LONG_LENGTH;
                written = writeLength(more - LONG_LENGTH, target, written);
            }
            at = matchEnd;
            literals = at;
            if (at <= lastMatch) {
                places[slot(at - 2)] = at - 2;
            }
        }
    }

    private int slot(int at) {
        return ((int) INT.get(source, at) * HASH_FACTOR) >>> (Integer.SIZE - HASH_BITS);
    }

    /// How far the bytes from `at` on are those from `match` on.
    private int matchEnd(int at, int match, int limit) {
        byte[] bytes = source;
        int a = at;
        int m = match;
        while (a <= limit - Long.BYTES) {
            long difference = (long) LONG.get(bytes, a) ^ (long) LONG.get(bytes, m);
            if (difference != 0) {
                return a + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            a += Long.BYTES;
            m += Long.BYTES;
        }
        while (a < limit && bytes[a] == bytes[m]) {
            a++;
            m++;
        }
        return a;
    }

    /// Writes a token, of which the length of the match is to come, and the literals behind it.
    private int writeLiterals(int from, int until, int end, byte[] target, int token) {
        int count = until - from;
        int to = token + 1;
        if (count < LONG_LENGTH) {
            target[token] = (byte) (count << 4);
        } else {
            target[token] = (byte) (LONG_LENGTH << 4);
            to = writeLength(count - LONG_LENGTH, target, to);
        }
        if (count > 4 * Long.BYTES || until > end - Long.BYTES) {
            System.arraycopy(source, from, target, to, count);
        } else {
            for (int i = 0; i < count; i += Long.BYTES) {
                LONG.set(target, to + i, (long) LONG.get(source, from + i));
            }
        }
        return to + count;
    }

    private int writeLast(int from, int end, byte[] target, int token) {
        int count = end - from;
        int to = token + 1;
        if (count < LONG_LENGTH) {
            target[token] = (byte) (count << 4);
        } else {
            target[token] = (byte) (LONG_LENGTH << 4);
            to = writeLength(count - LONG_LENGTH, target, to);
        }
        System.arraycopy(source, from, target, to, count);
        return to + count;
    }

    private static int writeLength(int rest, byte[] target, int at) {
        int to = at;
        int left = rest;
        for (; left >= 0xff; left -= 0xff) {
            target[to++] = (byte) 0xff;
        }
        target[to++] = (byte) left;
        return to;
    }
}
