package io.basaltdb.formats.parquet.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers of so many bits each, end to end, lowest bit first. Loads whole words: up to [PageBuffers#SLACK] bytes behind the last number must be there.
final class BitUnpacker {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Numbers of so many bits lie in one word, wherever in a byte they begin.
    private static final int ONE_WORD = 57;

    private BitUnpacker() {}

    /// @param bit where the first number begins, counted from byte `base`
    /// @param width 1 to 32
    static void ints(
            byte[] bytes, int base, long bit, int width, int[] target, int from, int count) {
        int mask = (int) ((1L << width) - 1);
        long next = bit;
        for (int i = from; i < from + count; i++) {
            long word = (long) LONGS.get(bytes, base + (int) (next >>> 3));
            target[i] = (int) (word >>> (next & 7)) & mask;
            next += width;
        }
    }

    /// As [#ints], of 0 to 64 bits.
    static void longs(
            byte[] bytes, int base, long bit, int width, long[] target, int from, int count) {
        long mask = width == Long.SIZE ? -1L : (1L << width) - 1;
        long next = bit;
        if (width <= ONE_WORD) {
            for (int i = from; i < from + count; i++) {
                long word = (long) LONGS.get(bytes, base + (int) (next >>> 3));
                target[i] = word >>> (next & 7) & mask;
                next += width;
            }
            return;
        }
        for (int i = from; i < from + count; i++) {
            int at = base + (int) (next >>> 3);
            int shift = (int) next & 7;
            long low = (long) LONGS.get(bytes, at) >>> shift;
            long high = (long) LONGS.get(bytes, at + Long.BYTES) << 1 << (63 - shift);
            target[i] = (low | high) & mask;
            next += width;
        }
    }

    /// Sets those bits of the words that are set in the bytes.
    ///
    /// @param from the first bit of the words; those from it on are 0
    /// @return how many were set
    static int bits(byte[] bytes, int base, long bit, long[] words, int from, int count) {
        int ones = 0;
        int done = 0;
        while (done < count) {
            long next = bit + done;
            int taken = Math.min(count - done, ONE_WORD - 1);
            long word = (long) LONGS.get(bytes, base + (int) (next >>> 3)) >>> (next & 7);
            word &= (1L << taken) - 1;
            int place = from + done;
            words[place >> 6] |= word << place;
            if ((place & 63) + taken > Long.SIZE) {
                words[(place >> 6) + 1] |= word >>> (Long.SIZE - (place & 63));
            }
            ones += Long.bitCount(word);
            done += taken;
        }
        return ones;
    }
}
