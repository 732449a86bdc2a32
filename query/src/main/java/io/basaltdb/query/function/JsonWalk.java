package io.basaltdb.query.function;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Steps through JSON that [JsonText] has found valid, and so need not look at what it steps over: a string ends at its quote, an object or an array at
/// its last bracket. Reads nothing at or behind the end of the text, whatever stands there.
///
/// Eight bytes at a time are searched for one of two (H. S. Warren, Hacker's Delight, 2nd edition, section 6–1).
final class JsonWalk {
    /// There is no value at this place.
    static final int ABSENT = -1;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    private JsonWalk() {}

    /// Where the first quote or backslash stands; the end where there is none.
    static int quoteOrEscape(byte[] text, int start, int end) {
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) LONG.get(text, at);
            long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (at < end && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    /// The high bit of each byte that is 0, and perhaps of some above the lowest of these.
    private static long zeros(long word) {
        return (word - LOW_BITS) & ~word & HIGH_BITS;
    }

    /// Behind the string whose characters begin, or go on, there.
    private static int behindString(byte[] text, int start, int end) {
        int at = quoteOrEscape(text, start, end);
        while (at < end && text[at] == '\\') {
            at = quoteOrEscape(text, Math.min(at + 2, end), end);
        }
        return Math.min(at + 1, end);
    }

    /// Behind the value that begins there.
    static int behindValue(byte[] text, int start, int end) {
        if (start >= end) {
            return end;
        }
        return switch (text[start]) {
            case '"' -> behindString(text, start + 1, end);
            case '{', '[' -> behindBrackets(text, start, end);
            default -> behindScalar(text, start, end);
        };
    }

    private static int behindBrackets(byte[] text, int start, int end) {
        int depth = 0;
        int at = start;
        while (at < end) {
            byte b = text[at++];
            if (b == '"') {
                at = behindString(text, at, end);
            } else if ((b | 0x20) == '{') {
                depth++;
            } else if ((b | 0x20) == '}' && --depth == 0) {
                return at;
            }
        }
        return end;
    }

    private static int behindScalar(byte[] text, int start, int end) {
        int at = start + 1;
        while (at < end && text[at] > ' ' && text[at] != ',' && (text[at] | 0x20) != '}') {
            at++;
        }
        return at;
    }

    /// Where the member or element behind the one that ends there begins, or the bracket that closes.
    private static int next(byte[] text, int start, int end) {
        int at = JsonText.behindBlanks(text, start, end);
        return at < end && text[at] == ',' ? JsonText.behindBlanks(text, at + 1, end) : at;
    }

    /// Where the value behind the name that ends there begins.
    private static int behindColon(byte[] text, int start, int end) {
        int at = JsonText.behindBlanks(text, start, end);
        return JsonText.behindBlanks(text, Math.min(at + 1, end), end);
    }

    /// Where the value of the first member of that name begins; [#ABSENT] where there is none, or the value at `start` is no object.
    static int member(byte[] text, int start, int end, byte[] name) {
        if (start >= end || text[start] != '{') {
            return ABSENT;
        }
        int at = JsonText.behindBlanks(text, start + 1, end);
        while (at < end && text[at] == '"') {
            int stop = quoteOrEscape(text, at + 1, end);
            boolean isPlain = stop < end && text[stop] == '"';
            int value = behindColon(text, isPlain ? stop + 1 : behindString(text, stop, end), end);
            boolean isFound =
                    isPlain ? equal(text, at + 1, stop, name) : saysName(text, at, end, name);
            if (isFound) {
                return value;
            }
            at = next(text, behindValue(text, value, end), end);
        }
        return ABSENT;
    }

    private static boolean equal(byte[] text, int from, int to, byte[] name) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (text[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean saysName(byte[] text, int open, int end, byte[] name) {
        TextOutput plain = new TextOutput();
        plain.begin(1);
        JsonText.unescape(text, open, end, plain);
        return plain.isPending(name);
    }

    /// Where the element of that number begins, counted from 0, or from the end where it is negative; [#ABSENT] where there is none, or no array.
    static int element(byte[] text, int start, int end, long number) {
        if (start >= end || text[start] != '[') {
            return ABSENT;
        }
        long left = number < 0 ? number + count(text, start, end) : number;
        int at = JsonText.behindBlanks(text, start + 1, end);
        while (at < end && text[at] != ']' && left >= 0) {
            if (left == 0) {
                return at;
            }
            left--;
            at = next(text, behindValue(text, at, end), end);
        }
        return ABSENT;
    }

    /// Elements of the array that begins at `open`.
    static long count(byte[] text, int open, int end) {
        long count = 0;
        int at = JsonText.behindBlanks(text, open + 1, end);
        while (at < end && text[at] != ']') {
            count++;
            at = next(text, behindValue(text, at, end), end);
        }
        return count;
    }

    /// Takes where a string begins.
    interface Place {
        void at(int open);
    }

    /// Hands on where the names of the members of the object at `start` begin; false where there is no object.
    static boolean names(byte[] text, int start, int end, Place names) {
        int at = JsonText.behindBlanks(text, start, end);
        if (at >= end || text[at] != '{') {
            return false;
        }
        at = JsonText.behindBlanks(text, at + 1, end);
        while (at < end && text[at] == '"') {
            names.at(at);
            int value = behindColon(text, behindString(text, at + 1, end), end);
            at = next(text, behindValue(text, value, end), end);
        }
        return true;
    }
}
