package io.basaltdb.query.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Characters in runs of UTF-8. The bytes are valid UTF-8: what is stored was checked when it came in.
public final class Utf8 {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;

    private Utf8() {}

    /// Bytes of the character that begins with that byte.
    public static int width(byte first) {
        return first >= 0 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
    }

    public static boolean isAscii(byte[] heap, int start, int length) {
        int at = start;
        int end = start + length;
        long union = 0;
        for (; at + 8 <= end; at += 8) {
            union |= (long) LONG.get(heap, at);
        }
        for (; at < end; at++) {
            union |= heap[at];
        }
        return (union & HIGH_BITS) == 0;
    }

    /// Whether bytes from outside are UTF-8: shortest forms only, no surrogates, nothing above U+10FFFF.
    public static boolean isValid(byte[] heap, int start, int length) {
        int at = start;
        int end = start + length;
        while (at < end) {
            if (heap[at] >= 0) {
                at++;
                continue;
            }
            int width = validWidth(heap, at, end);
            if (width == 0) {
                return false;
            }
            at += width;
        }
        return true;
    }

    /// Bytes of the character there, which is not ASCII; 0 where there is none.
    private static int validWidth(byte[] heap, int at, int end) {
        int first = heap[at] & 0xFF;
        int width = first < 0xC2 || first > 0xF4 ? 0 : width(heap[at]);
        if (width == 0 || end - at < width) {
            return 0;
        }
        for (int i = 1; i < width; i++) {
            if ((heap[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = heap[at + 1] & 0xFF;
        boolean isWrong =
                switch (first) {
                    case 0xE0 -> second < 0xA0;
                    case 0xED -> second > 0x9F;
                    case 0xF0 -> second < 0x90;
                    case 0xF4 -> second > 0x8F;
                    default -> false;
                };
        return isWrong ? 0 : width;
    }

    /// Number of characters: bytes that do not continue one.
    public static int length(byte[] heap, int start, int length) {
        int at = start;
        int end = start + length;
        int continued = 0;
        for (; at + 8 <= end; at += 8) {
            long word = (long) LONG.get(heap, at);
            // Top bit set and the next clear, moved to the lowest bit of each byte.
            continued += Long.bitCount((word >>> 7 & ~(word >>> 6)) & LOW_BITS);
        }
        for (; at < end; at++) {
            continued += (heap[at] & 0xC0) == 0x80 ? 1 : 0;
        }
        return length - continued;
    }

    public static void lengths(byte[] heap, int[] start, int[] length, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = length(heap, start[i], length[i]);
        }
    }

    /// Position after so many characters, at most `end`.
    public static int forward(byte[] heap, int from, int end, long characters) {
        int at = from;
        for (long i = 0; i < characters && at < end; i++) {
            at += width(heap[at]);
        }
        return Math.min(at, end);
    }

    /// Position of the character that lies so many characters before `from`, at least `start`.
    public static int backward(byte[] heap, int from, int start, long characters) {
        int at = from;
        for (long i = 0; i < characters && at > start; i++) {
            at--;
            while (at > start && (heap[at] & 0xC0) == 0x80) {
                at--;
            }
        }
        return at;
    }

    /// The character at that position.
    public static int codePoint(byte[] heap, int at) {
        byte first = heap[at];
        return switch (width(first)) {
            case 1 -> first;
            case 2 -> (first & 0x1F) << 6 | (heap[at + 1] & 0x3F);
            case 3 -> (first & 0x0F) << 12 | (heap[at + 1] & 0x3F) << 6 | (heap[at + 2] & 0x3F);
            default ->
                    (first & 0x07) << 18
                            | (heap[at + 1] & 0x3F) << 12
                            | (heap[at + 2] & 0x3F) << 6
                            | (heap[at + 3] & 0x3F);
        };
    }

    /// ASCII letters to capitals (or to small ones where `to` is `'a'`), other bytes as they are.
    public static void changeCase(
            byte[] in, int from, int count, byte[] out, int at, boolean toUpper) {
        int first = toUpper ? 'a' : 'A';
        for (int i = 0; i < count; i++) {
            int b = in[from + i];
            int isLetter = (b - first & 0xFF) < 26 ? 0x20 : 0;
            out[at + i] = (byte) (b ^ isLetter);
        }
    }
}
