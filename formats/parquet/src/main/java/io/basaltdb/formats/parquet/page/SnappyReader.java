package io.basaltdb.formats.parquet.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Unpacks [Snappy's block format](https://github.com/google/snappy/blob/main/format_description.txt): literals, and copies of what stood before.
final class SnappyReader {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_SIZE_BITS = 28;

    /// Lengths of literals from here on say how many bytes of length follow.
    private static final int LONG_LITERAL = 60;

    private final byte[] from;
    private final int end;
    private final byte[] to;
    private final int size;
    private int at;
    private int out;

    private SnappyReader(byte[] from, int at, int end, byte[] to, int size) {
        this.from = from;
        this.at = at;
        this.end = end;
        this.to = to;
        this.size = size;
    }

    /// @param to has [PageBuffers#SLACK] bytes behind `size`
    /// @throws DamagedPageException where these are not that many bytes packed
    static void unpack(byte[] from, int at, int end, byte[] to, int size) {
        new SnappyReader(from, at, end, to, size).unpack();
    }

    private void unpack() {
        if (size() != size) {
            throw damaged();
        }
        while (at < end) {
            int tag = from[at++] & 0xFF;
            switch (tag & 3) {
                case 0 -> literal(tag >>> 2);
                case 1 -> copy((tag >>> 5) << 8 | (int) number(1), 4 + (tag >>> 2 & 7));
                case 2 -> copy(number(2), 1 + (tag >>> 2));
                default -> copy(number(4), 1 + (tag >>> 2));
            }
        }
        if (out != size) {
            throw damaged();
        }
    }

    private long size() {
        long value = 0;
        for (int shift = 0; shift <= MAX_SIZE_BITS; shift += 7) {
            int next = (int) number(1);
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        return -1;
    }

    private long number(int count) {
        if (count > end - at) {
            throw damaged();
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (from[at++] & 0xFFL) << (Byte.SIZE * i);
        }
        return value;
    }

    private void literal(int tag) {
        long length = 1 + (tag < LONG_LITERAL ? tag : number(tag - LONG_LITERAL + 1));
        if (length > end - at || length > size - out) {
            throw damaged();
        }
        int count = (int) length;
        if (count <= 2 * Long.BYTES && at + 2 * Long.BYTES <= from.length) {
            LONGS.set(to, out, (long) LONGS.get(from, at));
            LONGS.set(to, out + Long.BYTES, (long) LONGS.get(from, at + Long.BYTES));
        } else {
            System.arraycopy(from, at, to, out, count);
        }
        at += count;
        out += count;
    }

    private void copy(long offset, int count) {
        if (offset == 0 || offset > out || count > size - out) {
            throw damaged();
        }
        int source = out - (int) offset;
        if (offset >= Long.BYTES) {
            for (int i = 0; i < count; i += Long.BYTES) {
                LONGS.set(to, out + i, (long) LONGS.get(to, source + i));
            }
        } else {
            for (int i = 0; i < count; i++) {
                to[out + i] = to[source + i];
            }
        }
        out += count;
    }

    private static DamagedPageException damaged() {
        return new DamagedPageException("a page is not packed as SNAPPY packs");
    }
}
