package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts the text of a nested value into the texts of what is in it, as [NestedText] writes them: `[1, NULL]`, `{'a': 1, 'b': x}`, `{k=1}`; also
/// PostgreSQL's `{1,2}` for a list and `(1, x)` for a struct, and a map with colons, as JSON has it. For one thread.
public final class NestedScanner {
    private final Type.Nested type;
    private final TextParts[] parts;
    private final boolean[] isSet;
    private byte[] text = {};
    private int at;
    private int end;

    /// @param parts where the texts go: those of a list's elements, of keys and of values, or of each member
    public NestedScanner(Type.Nested type, TextParts[] parts) {
        this.type = type;
        this.parts = parts;
        this.isSet = new boolean[parts.length];
    }

    /// Adds the texts of one value; answers how many elements, entries or structs it has, -1 and no texts where it is not written like one.
    public int scan(byte[] heap, int start, int length) {
        text = heap;
        at = start;
        end = start + length;
        int[] before = Arrays.stream(parts).mapToInt(TextParts::size).toArray();
        int count = value();
        blanks();
        if (count >= 0 && at == end) {
            return count;
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i].truncate(before[i]);
        }
        return -1;
    }

    private int value() {
        blanks();
        if (at == end) {
            return -1;
        }
        byte open = text[at++];
        return switch (type) {
            case Type.Array _ -> open == '[' ? elements(']') : open == '{' ? elements('}') : -1;
            case Type.Map _ -> open == '{' ? entries() : -1;
            case Type.Struct struct -> open == '{' ? members(struct) : open == '(' ? tuple() : -1;
        };
    }

    private int elements(char close) {
        int count = 0;
        if (takes(close)) {
            return 0;
        }
        do {
            if (!part(parts[0], ',', close)) {
                return -1;
            }
            count++;
        } while (takes(','));
        return takes(close) ? count : -1;
    }

    private int entries() {
        int count = 0;
        if (takes('}')) {
            return 0;
        }
        do {
            if (!part(parts[0], '=', ':')
                    || !(takes('=') || takes(':'))
                    || !part(parts[1], ',', '}')) {
                return -1;
            }
            count++;
        } while (takes(','));
        return takes('}') ? count : -1;
    }

    private int members(Type.Struct struct) {
        Arrays.fill(isSet, false);
        TextParts names = new TextParts();
        do {
            names.clear();
            if (!part(names, ':', ':') || !takes(':')) {
                return -1;
            }
            int member =
                    struct.find(
                            new String(
                                    names.vector().heap(),
                                    0,
                                    names.vector().length()[0],
                                    StandardCharsets.UTF_8));
            if (member < 0 || isSet[member] || !part(parts[member], ',', '}')) {
                return -1;
            }
            isSet[member] = true;
        } while (takes(','));
        for (int i = 0; i < parts.length; i++) {
            if (!isSet[i]) {
                parts[i].addNull();
            }
        }
        return takes('}') ? 1 : -1;
    }

    private int tuple() {
        for (int i = 0; i < parts.length; i++) {
            if ((i > 0 && !takes(',')) || !part(parts[i], ',', ')')) {
                return -1;
            }
        }
        return takes(')') ? 1 : -1;
    }

    /// Adds the text up to one of the two characters; false where it is not well-formed.
    private boolean part(TextParts out, char stop, char close) {
        blanks();
        if (at < end && (text[at] == '\'' || text[at] == '"')) {
            return quoted(out) && stands(stop, close);
        }
        int start = at;
        int depth = 0;
        while (at < end && (depth > 0 || (text[at] != stop && text[at] != close))) {
            switch (text[at]) {
                case '[', '{', '(' -> depth++;
                case ']', '}', ')' -> depth--;
                case '\'', '"' -> {
                    if (depth > 0 && !skipQuoted()) {
                        return false;
                    }
                }
                default -> {}
            }
            if (depth < 0) {
                return false;
            }
            at++;
        }
        int behind = at;
        while (behind > start && isBlank(text[behind - 1])) {
            behind--;
        }
        if (at == end || behind == start) {
            return false;
        }
        if (isNull(start, behind)) {
            out.addNull();
        } else {
            out.append(text, start, behind - start);
            out.end();
        }
        return true;
    }

    private boolean isNull(int start, int behind) {
        return behind - start == 4
                && new String(text, start, 4, StandardCharsets.US_ASCII).equalsIgnoreCase("NULL");
    }

    private boolean stands(char stop, char close) {
        blanks();
        return at < end && (text[at] == stop || text[at] == close);
    }

    private boolean quoted(TextParts out) {
        byte quote = text[at++];
        while (at < end) {
            byte b = text[at++];
            if (b == '\\' && at < end) {
                if (quote == '"') {
                    escaped(out);
                } else {
                    out.append(text[at++]);
                }
            } else if (b != quote) {
                out.append(b);
            } else if (at < end && text[at] == quote) {
                out.append(text[at++]);
            } else {
                out.end();
                return true;
            }
        }
        return false;
    }

    /// What stands behind a backslash in double quotes: an escape of JSON, or any character for itself.
    private void escaped(TextParts out) {
        byte b = text[at++];
        switch (b) {
            case 'n' -> out.append((byte) '\n');
            case 't' -> out.append((byte) '\t');
            case 'r' -> out.append((byte) '\r');
            case 'b' -> out.append((byte) '\b');
            case 'f' -> out.append((byte) '\f');
            case 'u' -> {
                int unit = hexUnit(at);
                if (unit < 0) {
                    out.append(b);
                    return;
                }
                at += 4;
                int low =
                        Character.isHighSurrogate((char) unit)
                                        && at + 1 < end
                                        && text[at] == '\\'
                                        && text[at + 1] == 'u'
                                ? hexUnit(at + 2)
                                : -1;
                int codePoint = unit;
                if (low >= 0 && Character.isLowSurrogate((char) low)) {
                    at += 6;
                    codePoint = Character.toCodePoint((char) unit, (char) low);
                } else if (Character.isSurrogate((char) unit)) {
                    codePoint = 0xFFFD;
                }
                for (byte part : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    out.append(part);
                }
            }
            default -> out.append(b);
        }
    }

    /// The number of four hexadecimal digits; negative where there are no such.
    private int hexUnit(int from) {
        if (from + 4 > end) {
            return -1;
        }
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = 16 * unit + digit;
        }
        return unit;
    }

    /// Moves to the quote that ends what begins here.
    private boolean skipQuoted() {
        byte quote = text[at++];
        while (at < end && text[at] != quote) {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at < end;
    }

    private boolean takes(char symbol) {
        blanks();
        if (at < end && text[at] == symbol) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < end && isBlank(text[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
