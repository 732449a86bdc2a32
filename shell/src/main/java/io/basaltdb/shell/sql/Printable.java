package io.basaltdb.shell.sql;

/// Values for a terminal: nothing in them moves the cursor, changes colours or turns the direction of the line.
final class Printable {
    private Printable() {}

    /// The text in one line.
    static String line(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return escaped(text, i, false);
            }
        }
        return text;
    }

    /// The text with its line ends.
    static String lines(String text) {
        return escaped(text, 0, true);
    }

    private static String escaped(String text, int from, boolean keepsLines) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isControl(c)) {
                out.append(c);
            } else if (c == '\n') {
                out.append(keepsLines ? '\n' : '↵');
            } else if (c == '\t') {
                out.append(keepsLines ? "    " : " ");
            } else if (c != '\r') {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }

    private static boolean isControl(char c) {
        return c < ' '
                || (c >= 0x7F && c < 0xA0)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
