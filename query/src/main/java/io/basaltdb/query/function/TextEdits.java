package io.basaltdb.query.function;

import io.basaltdb.query.kernel.ByteSearch;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// Texts made of other texts, one row at a time.
final class TextEdits {
    private static final byte[] BLANK = {' '};

    private TextEdits() {}

    static void initcap(TextArguments a, int row, TextOutput out) {
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        boolean isInWord = false;
        for (int at = a.start(0, row); at < end; at += Utf8.width(heap[at])) {
            int character = Utf8.codePoint(heap, at);
            out.appendCodePoint(
                    isInWord ? Character.toLowerCase(character) : Character.toUpperCase(character));
            isInWord = Character.isLetterOrDigit(character);
        }
    }

    static void replace(TextArguments a, int row, TextOutput out) {
        byte[] heap = a.heap(0);
        int from = a.start(0, row);
        int end = a.end(0, row);
        byte[] sought = a.bytes(1, row);
        if (sought.length > 0) {
            for (int at = ByteSearch.indexOf(heap, from, end, sought); at >= 0; ) {
                out.append(heap, from, at - from);
                out.append(a.heap(2), a.start(2, row), a.length(2, row));
                from = at + sought.length;
                at = ByteSearch.indexOf(heap, from, end, sought);
            }
        }
        out.append(heap, from, end - from);
    }

    static void translate(TextArguments a, int row, TextOutput out) {
        byte[] heap = a.heap(0);
        int end = a.end(0, row);
        for (int at = a.start(0, row); at < end; at += Utf8.width(heap[at])) {
            int character = Utf8.codePoint(heap, at);
            int replacement = translation(a, row, character);
            if (replacement >= 0) {
                out.appendCodePoint(replacement);
            }
        }
    }

    /// The character to put in its place; -1 for none.
    private static int translation(TextArguments a, int row, int character) {
        byte[] from = a.heap(1);
        int end = a.end(1, row);
        int other = a.start(2, row);
        int otherEnd = a.end(2, row);
        for (int at = a.start(1, row); at < end; at += Utf8.width(from[at])) {
            if (Utf8.codePoint(from, at) == character) {
                return other < otherEnd ? Utf8.codePoint(a.heap(2), other) : -1;
            }
            other = Utf8.forward(a.heap(2), other, otherEnd, 1);
        }
        return character;
    }

    static void pad(TextArguments a, int row, TextOutput out, boolean atStart) {
        byte[] heap = a.heap(0);
        int start = a.start(0, row);
        int end = a.end(0, row);
        long wanted = Math.max(0, a.number(1, row));
        long present = Utf8.length(heap, start, end - start);
        if (present >= wanted) {
            out.append(heap, start, Utf8.forward(heap, start, end, wanted) - start);
            return;
        }
        TextOutput.checkLength(wanted);
        if (!atStart) {
            out.append(heap, start, end - start);
        }
        fill(a, row, out, wanted - present);
        if (atStart) {
            out.append(heap, start, end - start);
        }
    }

    private static void fill(TextArguments a, int row, TextOutput out, long characters) {
        byte[] heap = a.count() == 3 ? a.heap(2) : BLANK;
        int start = a.count() == 3 ? a.start(2, row) : 0;
        int end = a.count() == 3 ? a.end(2, row) : 1;
        if (start == end) {
            return;
        }
        int at = start;
        for (long i = 0; i < characters; i++) {
            int width = Utf8.width(heap[at]);
            out.append(heap, at, width);
            at += width;
            at = at == end ? start : at;
        }
    }

    static void reverse(TextArguments a, int row, TextOutput out) {
        byte[] heap = a.heap(0);
        int start = a.start(0, row);
        for (int at = a.end(0, row); at > start; ) {
            int before = Utf8.backward(heap, at, start, 1);
            out.append(heap, before, at - before);
            at = before;
        }
    }

    static void repeat(TextArguments a, int row, TextOutput out) {
        long times = Math.max(0, a.number(1, row));
        int length = a.length(0, row);
        if (length == 0) {
            return;
        }
        TextOutput.checkLength(Math.min(times, Integer.MAX_VALUE) * length);
        for (long i = 0; i < times; i++) {
            out.append(a.heap(0), a.start(0, row), length);
        }
    }

    static void character(TextArguments a, int row, TextOutput out) {
        long codePoint = a.number(0, row);
        if (codePoint <= 0
                || codePoint > Character.MAX_CODE_POINT
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT, "there is no character with code point " + codePoint);
        }
        out.appendCodePoint((int) codePoint);
    }
}
