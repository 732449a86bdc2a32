package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Utf8;
import java.nio.charset.StandardCharsets;

/// Capital and small letters: character by character with Unicode's simple mapping, so that the number of characters stays.
final class CaseChange {
    private final boolean toUpper;

    CaseChange(boolean toUpper) {
        this.toUpper = toUpper;
    }

    /// The changed text in an array of its own.
    byte[] apply(byte[] heap, int start, int length) {
        if (Utf8.isAscii(heap, start, length)) {
            byte[] changed = new byte[length];
            Utf8.changeCase(heap, start, length, changed, 0, toUpper);
            return changed;
        }
        TextOutput out = new TextOutput();
        out.begin(1);
        append(heap, start, length, out);
        return out.pendingText().getBytes(StandardCharsets.UTF_8);
    }

    /// Appends the changed text.
    void append(byte[] heap, int start, int length, TextOutput out) {
        int end = start + length;
        for (int at = start; at < end; at += Utf8.width(heap[at])) {
            int character = Utf8.codePoint(heap, at);
            out.appendCodePoint(
                    toUpper ? Character.toUpperCase(character) : Character.toLowerCase(character));
        }
    }
}
