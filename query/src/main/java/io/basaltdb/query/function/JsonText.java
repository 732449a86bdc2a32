package io.basaltdb.query.function;

import java.util.Arrays;

/// Reads JSON (RFC 8259) as it stands in an array of UTF-8 bytes, without making anything of it: a value is where it begins and ends. Every method takes
/// the end of the text and believes nothing of what lies before it; [JsonWalk] steps through what was found valid.
public final class JsonText {
    /// Most values inside each other.
    static final int MAX_DEPTH = 500;

    /// No value: the text is malformed.
    static final int MALFORMED = -1;

    private JsonText() {}

    /// Whether the bytes are one value with nothing but blanks around it.
    public static boolean isValid(byte[] text, int start, int end) {
        int behind = behindValue(text, start, end, 0);
        return behind >= 0 && behindBlanks(text, behind, end) == end;
    }

    /// Where the next byte that is no blank stands.
    static int behindBlanks(byte[] text, int start, int end) {
        int at = start;
        while (at < end
                && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
            at++;
        }
        return at;
    }

    /// Behind the value that begins at `start`, blanks before it included; [#MALFORMED] where there is none.
    private static int behindValue(byte[] text, int start, int end, int depth) {
        int at = behindBlanks(text, start, end);
        if (at >= end || depth > MAX_DEPTH) {
            return MALFORMED;
        }
        return switch (text[at]) {
            case '{' -> behindObject(text, at, end, depth);
            case '[' -> behindArray(text, at, end, depth);
            case '"' -> behindString(text, at, end);
            case 't' -> behindWord(text, at, end, TRUE);
            case 'f' -> behindWord(text, at, end, FALSE);
            case 'n' -> behindWord(text, at, end, NULL);
            default -> behindNumber(text, at, end);
        };
    }

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private static int behindWord(byte[] text, int at, int end, byte[] word) {
        return end - at >= word.length
                        && Arrays.equals(text, at, at + word.length, word, 0, word.length)
                ? at + word.length
                : MALFORMED;
    }

    private static int behindObject(byte[] text, int open, int end, int depth) {
        int at = behindBlanks(text, open + 1, end);
        if (at < end && text[at] == '}') {
            return at + 1;
        }
        while (true) {
            at = behindMember(text, at, end, depth);
            if (at < 0 || at >= end) {
                return MALFORMED;
            }
            if (text[at] == '}') {
                return at + 1;
            }
            if (text[at] != ',') {
                return MALFORMED;
            }
            at = behindBlanks(text, at + 1, end);
        }
    }

    /// Behind `"name": value` and the blanks that follow.
    private static int behindMember(byte[] text, int start, int end, int depth) {
        int value = valueOfMember(text, start, end);
        if (value < 0) {
            return MALFORMED;
        }
        int at = behindValue(text, value, end, depth + 1);
        return at < 0 ? MALFORMED : behindBlanks(text, at, end);
    }

    /// Behind `"name":`.
    private static int valueOfMember(byte[] text, int start, int end) {
        if (start >= end || text[start] != '"') {
            return MALFORMED;
        }
        int at = behindString(text, start, end);
        if (at < 0) {
            return MALFORMED;
        }
        at = behindBlanks(text, at, end);
        return at < end && text[at] == ':' ? at + 1 : MALFORMED;
    }

    private static int behindArray(byte[] text, int open, int end, int depth) {
        int at = behindBlanks(text, open + 1, end);
        if (at < end && text[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = behindValue(text, at, end, depth + 1);
            if (at < 0) {
                return MALFORMED;
            }
            at = behindBlanks(text, at, end);
            if (at >= end) {
                return MALFORMED;
            }
            if (text[at] == ']') {
                return at + 1;
            }
            if (text[at++] != ',') {
                return MALFORMED;
            }
        }
    }

    private static int behindString(byte[] text, int open, int end) {
        int at = open + 1;
        while (at < end) {
            byte b = text[at++];
            if (b == '"') {
                return at;
            }
            if (b == '\\') {
                int length = escapeLength(text, at, end);
                if (length == 0) {
                    return MALFORMED;
                }
                at += length;
            } else if (b >= 0 && b < ' ') {
                return MALFORMED;
            }
        }
        return MALFORMED;
    }

    /// Bytes of an escape behind its backslash; 0 where it is none.
    private static int escapeLength(byte[] text, int at, int end) {
        if (at >= end) {
            return 0;
        }
        return switch (text[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 1;
            case 'u' -> end - at >= 5 && codeUnit(text, at + 1) >= 0 ? 5 : 0;
            default -> 0;
        };
    }

    /// The number that four hexadecimal digits mean; negative where they are none.
    private static int codeUnit(byte[] text, int at) {
        int value = 0;
        int bad = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text[i], 16);
            bad |= digit;
            value = value << 4 | digit;
        }
        return bad < 0 ? -1 : value;
    }

    private static int behindNumber(byte[] text, int start, int end) {
        int at = start;
        if (text[at] == '-') {
            at++;
        }
        int digits = behindDigits(text, at, end);
        if (digits == at || (text[at] == '0' && digits > at + 1)) {
            return MALFORMED;
        }
        at = digits;
        if (at < end && text[at] == '.') {
            digits = behindDigits(text, at + 1, end);
            if (digits == at + 1) {
                return MALFORMED;
            }
            at = digits;
        }
        if (at < end && (text[at] | 0x20) == 'e') {
            at++;
            if (at < end && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digits = behindDigits(text, at, end);
            return digits == at ? MALFORMED : digits;
        }
        return at;
    }

    private static int behindDigits(byte[] text, int start, int end) {
        int at = start;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /// Writes what the string that begins at `open` says. A surrogate without its partner becomes U+FFFD.
    static void unescape(byte[] text, int open, int end, TextOutput out) {
        int at = JsonWalk.quoteOrEscape(text, open + 1, end);
        out.append(text, open + 1, at - open - 1);
        while (at < end && text[at] != '"') {
            if (text[at] != '\\') {
                out.append(text[at++]);
                continue;
            }
            at++;
            switch (text[at++]) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    int unit = codeUnit(text, at);
                    at += 4;
                    boolean pair =
                            Character.isHighSurrogate((char) unit)
                                    && end - at >= 6
                                    && text[at] == '\\'
                                    && text[at + 1] == 'u'
                                    && Character.isLowSurrogate((char) codeUnit(text, at + 2));
                    if (pair) {
                        int low = codeUnit(text, at + 2);
                        at += 6;
                        out.appendCodePoint(Character.toCodePoint((char) unit, (char) low));
                    } else {
                        out.appendCodePoint(Character.isSurrogate((char) unit) ? 0xFFFD : unit);
                    }
                }
                default -> out.append(text[at - 1]);
            }
        }
    }
}
