package io.basaltdb.formats.text;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Objects as in RFC 8259, one a line. Escapes are taken out in place.
final class JsonParser implements RecordParser {
    private static final int MAX_DEPTH = 200;

    private final Map<String, Integer> columns = new HashMap<>();

    /// @param names of the columns; members match them ignoring case, others are left out
    JsonParser(List<String> names) {
        for (int c = 0; c < names.size(); c++) {
            columns.putIfAbsent(names.get(c).toLowerCase(Locale.ROOT), c);
        }
    }

    /// Gets the members of each object.
    interface Visitor {
        void record(long line);

        /// @param length −1 for null
        /// @param quoted whether the value was a string
        void member(
                byte[] bytes, int nameStart, int nameLength, int start, int length, boolean quoted);
    }

    @Override
    public void parse(byte[] bytes, int count, String path, long line, FieldTable table) {
        table.reset(bytes);
        walk(
                bytes,
                count,
                path,
                line,
                Integer.MAX_VALUE,
                new Visitor() {
                    @Override
                    public void record(long recordLine) {
                        table.addRecord(recordLine);
                    }

                    @Override
                    public void member(
                            byte[] text,
                            int nameStart,
                            int nameLength,
                            int start,
                            int length,
                            boolean quoted) {
                        String name =
                                new String(text, nameStart, nameLength, StandardCharsets.UTF_8);
                        Integer column = columns.get(name.toLowerCase(Locale.ROOT));
                        if (column != null) {
                            table.set(column, start, length);
                        }
                    }
                });
    }

    /// Visits the objects of at most `limit` lines.
    static void walk(byte[] bytes, int count, String path, long line, int limit, Visitor visitor) {
        Walk walk = new Walk(bytes, count, path, line);
        for (int i = 0; i < limit && walk.skipToObject(); i++) {
            visitor.record(walk.line);
            walk.object(visitor);
        }
    }

    private static final class Walk {
        private final byte[] bytes;
        private final int end;
        private final String path;
        private long line;
        private int at;
        private int valueStart;
        private int valueLength;
        private boolean valueQuoted;

        Walk(byte[] bytes, int end, String path, long line) {
            this.bytes = bytes;
            this.end = end;
            this.path = path;
            this.line = line;
        }

        boolean skipToObject() {
            while (at < end && bytes[at] <= ' ') {
                line += bytes[at] == '\n' ? 1 : 0;
                at++;
            }
            return at < end;
        }

        void object(Visitor visitor) {
            expect('{');
            skipSpace();
            if (peek() == '}') {
                at++;
                endOfLine();
                return;
            }
            while (true) {
                skipSpace();
                string();
                int nameStart = valueStart;
                int nameLength = valueLength;
                skipSpace();
                expect(':');
                skipSpace();
                value();
                visitor.member(bytes, nameStart, nameLength, valueStart, valueLength, valueQuoted);
                skipSpace();
                if (peek() == '}') {
                    at++;
                    endOfLine();
                    return;
                }
                expect(',');
            }
        }

        private void endOfLine() {
            skipSpace();
            if (at < end && bytes[at] != '\n') {
                throw wrong("the end of the line", describe());
            }
        }

        private void value() {
            int b = peek();
            if (b == '"') {
                string();
                return;
            }
            int start = at;
            valueQuoted = b == '{' || b == '[';
            if (valueQuoted) {
                skipNested();
            } else {
                skipPlain();
            }
            valueStart = start;
            valueLength = at - start;
            if (valueLength == 4
                    && new String(bytes, start, 4, StandardCharsets.US_ASCII).equals("null")) {
                valueLength = FieldTable.ABSENT;
            }
        }

        /// A number, true, false or null.
        private void skipPlain() {
            int start = at;
            while (at < end && isPlain(bytes[at])) {
                at++;
            }
            if (at == start) {
                throw wrong("a value", describe());
            }
            String text = new String(bytes, start, at - start, StandardCharsets.US_ASCII);
            boolean known = text.equals("true") || text.equals("false") || text.equals("null");
            if (!known && !text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
                throw wrong("a value", "'" + text + "'");
            }
        }

        private static boolean isPlain(byte b) {
            return (b >= '0' && b <= '9')
                    || (b >= 'a' && b <= 'z')
                    || b == '-'
                    || b == '+'
                    || b == '.'
                    || b == 'E';
        }

        /// An object or array, kept as its text.
        private void skipNested() {
            int depth = 0;
            boolean quoted = false;
            while (at < end && bytes[at] != '\n') {
                byte b = bytes[at++];
                if (quoted) {
                    if (b == '\\') {
                        at++;
                    } else if (b == '"') {
                        quoted = false;
                    }
                } else if (b == '"') {
                    quoted = true;
                } else if (b == '{' || b == '[') {
                    depth++;
                    if (depth > MAX_DEPTH) {
                        throw wrong("at most " + MAX_DEPTH + " levels", "more");
                    }
                } else if (b == '}' || b == ']') {
                    depth--;
                    if (depth == 0) {
                        return;
                    }
                }
            }
            throw wrong("the end of an object or array", "the end of the line");
        }

        /// Takes a string's escapes out; its text is then `valueStart`, `valueLength`.
        private void string() {
            expect('"');
            int start = at;
            int to = at;
            while (true) {
                if (at >= end || bytes[at] == '\n') {
                    throw wrong("the end of a string", "the end of the line");
                }
                byte b = bytes[at++];
                if (b == '"') {
                    break;
                }
                if (b == '\\') {
                    to = escape(to);
                } else {
                    bytes[to++] = b;
                }
            }
            valueStart = start;
            valueLength = to - start;
            valueQuoted = true;
        }

        private int escape(int to) {
            int b = peek();
            at++;
            int plain =
                    switch (b) {
                        case '"', '\\', '/' -> b;
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'u' -> -1;
                        default -> throw wrong("an escape", "'\\" + (char) b + "'");
                    };
            if (plain >= 0) {
                bytes[to] = (byte) plain;
                return to + 1;
            }
            int unit = hex();
            int codePoint = unit;
            if (Character.isHighSurrogate((char) unit)
                    && at + 1 < end
                    && bytes[at] == '\\'
                    && bytes[at + 1] == 'u') {
                at += 2;
                codePoint = Character.toCodePoint((char) unit, (char) hex());
            }
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw wrong("a character", "half of a surrogate pair");
            }
            byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(encoded, 0, bytes, to, encoded.length);
            return to + encoded.length;
        }

        private int hex() {
            int unit = 0;
            for (int i = 0; i < 4; i++) {
                int digit = Character.digit(peek(), 16);
                if (digit < 0) {
                    throw wrong("four hexadecimal digits", describe());
                }
                unit = 16 * unit + digit;
                at++;
            }
            return unit;
        }

        private void skipSpace() {
            while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
                at++;
            }
        }

        private int peek() {
            return at < end ? bytes[at] & 255 : -1;
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw wrong("'" + wanted + "'", describe());
            }
            at++;
        }

        private String describe() {
            int b = peek();
            return b < 0 || b == '\n' ? "the end of the line" : "'" + (char) b + "'";
        }

        private BasaltException wrong(String expected, String found) {
            return new BasaltException(
                    ErrorCode.BAD_COPY_FORMAT,
                    "file "
                            + path
                            + ", line "
                            + line
                            + ": "
                            + expected
                            + " was expected, but "
                            + found
                            + " was found");
        }
    }
}
