package io.basaltdb.query.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The first eight bytes of a run of bytes as one number, which compares, unsigned, as the bytes do where they differ.
public final class PrefixWord {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private PrefixWord() {}

    /// The word of `length` bytes from `start` on, padded with zeros behind; 0 where there are none.
    public static long of(byte[] heap, int start, int length) {
        if (length >= 8) {
            return (long) BIG_ENDIAN.get(heap, start);
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (heap[start + i] & 0xffL) << (56 - 8 * i);
        }
        return word;
    }

    /// The least run of bytes with that word.
    public static byte[] bytes(long word) {
        int length = word == 0 ? 0 : 8 - (Long.numberOfTrailingZeros(word) >> 3);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (word >>> (56 - 8 * i));
        }
        return bytes;
    }
}
