package io.basaltdb.shell.sql;

import org.jline.utils.WCWidth;

/// Text as a terminal shows it: in cells, of which a character takes none, one or two.
final class Cells {
    private static final String ELLIPSIS = "…";

    private Cells() {}

    /// How many cells the text takes.
    static int width(String text) {
        int cells = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            cells += width(character);
            i += Character.charCount(character);
        }
        return cells;
    }

    private static int width(int character) {
        return character < 0x7F ? 1 : Math.max(0, WCWidth.wcwidth(character));
    }

    /// The text, or as much of it as fits with an ellipsis behind.
    static String cut(String text, int cells) {
        if (text.length() <= cells / 2 || width(text) <= cells) {
            return text;
        }
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            int next = used + width(character);
            if (next > cells - 1) {
                break;
            }
            used = next;
            end += Character.charCount(character);
        }
        return text.substring(0, end) + ELLIPSIS;
    }
}
