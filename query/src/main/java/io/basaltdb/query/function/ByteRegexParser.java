package io.basaltdb.query.function;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the part of RE2's syntax that [ByteRegex] matches. Whatever else a pattern holds, or whose meaning depends on more than its
/// characters, makes the answer null, and RE2/J has the pattern.
final class ByteRegexParser {
    /// Deepest nesting of groups.
    private static final int MAX_DEPTH = 50;

    private static final String META = "\\.+*?()|[]{}^$";

    /// Characters up to 63, those from 64 to 127, and whether all others belong to it.
    private static final Node.Chars DIGITS = new Node.Chars(0x03FF_0000_0000_0000L, 0, false);

    private static final Node.Chars WORD =
            new Node.Chars(0x03FF_0000_0000_0000L, 0x07FF_FFFE_87FF_FFFEL, false);
    private static final Node.Chars SPACE =
            new Node.Chars(1L << '\t' | 1L << '\n' | 1L << '\f' | 1L << '\r' | 1L << ' ', 0, false);

    private final String pattern;
    private final boolean dotAll;
    private int at;
    private int depth;
    private int groupCount;

    /// What a pattern says.
    sealed interface Node {
        boolean canBeEmpty();

        /// One or more characters, as UTF-8.
        record Literal(byte[] bytes) implements Node {
            @Override
            public boolean canBeEmpty() {
                return false;
            }
        }

        /// One character of a set: two words for ASCII, and whether all others are in it.
        record Chars(long low, long high, boolean others) implements Node {
            @Override
            public boolean canBeEmpty() {
                return false;
            }

            Chars not() {
                return new Chars(~low, ~high, !others);
            }

            Chars or(Chars more) {
                return new Chars(low | more.low, high | more.high, others || more.others);
            }

            static Chars range(int from, int to) {
                long low = 0;
                long high = 0;
                for (int c = from; c <= to; c++) {
                    low |= c < 64 ? 1L << c : 0;
                    high |= c < 64 ? 0 : 1L << c;
                }
                return new Chars(low, high, false);
            }
        }

        record Sequence(List<Node> nodes) implements Node {
            @Override
            public boolean canBeEmpty() {
                return nodes.stream().allMatch(Node::canBeEmpty);
            }
        }

        /// The first alternative that leads to a match wins.
        record Choice(List<Node> nodes) implements Node {
            @Override
            public boolean canBeEmpty() {
                return nodes.stream().anyMatch(Node::canBeEmpty);
            }
        }

        /// `?`, `*` or `+`.
        record Repeat(Node node, boolean optional, boolean many, boolean greedy) implements Node {
            @Override
            public boolean canBeEmpty() {
                return optional;
            }
        }

        record Group(Node node, int number) implements Node {
            @Override
            public boolean canBeEmpty() {
                return node.canBeEmpty();
            }
        }

        /// The begin or the end of the text.
        record Anchor(boolean begin) implements Node {
            @Override
            public boolean canBeEmpty() {
                return true;
            }
        }
    }

    private ByteRegexParser(String pattern, boolean dotAll) {
        this.pattern = pattern;
        this.dotAll = dotAll;
    }

    /// What a parser has read.
    record Parsed(Node node, int groupCount) {}

    /// @param pattern valid by RE2
    /// @param dotAll whether a dot stands for the end of a line too
    static @Nullable Parsed parse(String pattern, boolean dotAll) {
        ByteRegexParser parser = new ByteRegexParser(pattern, dotAll);
        Node node = parser.choice();
        return node == null || parser.at < pattern.length()
                ? null
                : new Parsed(node, parser.groupCount);
    }

    private boolean sees(char c) {
        return at < pattern.length() && pattern.charAt(at) == c;
    }

    private boolean seesNext(char c) {
        return at + 1 < pattern.length() && pattern.charAt(at + 1) == c;
    }

    private boolean skip(char c) {
        boolean seen = sees(c);
        at += seen ? 1 : 0;
        return seen;
    }

    private @Nullable Node choice() {
        List<Node> alternatives = new ArrayList<>();
        do {
            Node node = sequence();
            if (node == null) {
                return null;
            }
            alternatives.add(node);
        } while (skip('|'));
        return alternatives.size() == 1 ? alternatives.getFirst() : new Node.Choice(alternatives);
    }

    private @Nullable Node sequence() {
        List<Node> nodes = new ArrayList<>();
        while (at < pattern.length() && !sees('|') && !sees(')')) {
            Node node = atom();
            node = node == null ? null : repeated(node);
            if (node == null) {
                return null;
            }
            nodes.add(node);
        }
        return new Node.Sequence(nodes);
    }

    private @Nullable Node repeated(Node node) {
        boolean star = sees('*');
        boolean plus = sees('+');
        if (!star && !plus && !sees('?')) {
            return sees('{') ? null : node;
        }
        at++;
        boolean greedy = !skip('?');
        // What an empty round of a loop leaves in its groups is a science of its own.
        if (node.canBeEmpty() || sees('*') || sees('+') || sees('?') || sees('{')) {
            return null;
        }
        return new Node.Repeat(node, !plus, star || plus, greedy);
    }

    private @Nullable Node atom() {
        char c = pattern.charAt(at);
        return switch (c) {
            case '(' -> group();
            case '[' -> set();
            case '\\' -> escaped();
            case '.' -> {
                at++;
                yield new Node.Chars(dotAll ? -1 : ~(1L << '\n'), -1, true);
            }
            case '^', '$' -> {
                at++;
                yield new Node.Anchor(c == '^');
            }
            default -> META.indexOf(c) >= 0 ? null : plain();
        };
    }

    private @Nullable Node plain() {
        int character = pattern.codePointAt(at);
        at += Character.charCount(character);
        return literal(character);
    }

    private static @Nullable Node literal(int character) {
        return Character.isBmpCodePoint(character) && Character.isSurrogate((char) character)
                ? null
                : new Node.Literal(Character.toString(character).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable Node group() {
        at++;
        if (++depth > MAX_DEPTH) {
            return null;
        }
        boolean captures = !sees('?');
        if (!captures) {
            at++;
            if (!skip(':')) {
                return null;
            }
        }
        int number = captures ? ++groupCount : 0;
        Node inside = choice();
        if (inside == null || !skip(')')) {
            return null;
        }
        depth--;
        return captures ? new Node.Group(inside, number) : inside;
    }

    private @Nullable Node escaped() {
        at++;
        if (at == pattern.length()) {
            return null;
        }
        Node.Chars chars = escapedSet(pattern.charAt(at));
        int character = chars == null ? escapedCharacter(pattern.charAt(at)) : -1;
        at++;
        return chars != null ? chars : character < 0 ? null : literal(character);
    }

    private static Node.@Nullable Chars escapedSet(char c) {
        return switch (c) {
            case 'd' -> DIGITS;
            case 'D' -> DIGITS.not();
            case 'w' -> WORD;
            case 'W' -> WORD.not();
            case 's' -> SPACE;
            case 'S' -> SPACE.not();
            default -> null;
        };
    }

    /// The character behind a backslash; −1 where it means something else.
    private static int escapedCharacter(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> c < 0x80 && c > ' ' && !Character.isLetterOrDigit(c) && c != '_' ? c : -1;
        };
    }

    private Node.@Nullable Chars set() {
        at++;
        boolean negated = skip('^');
        Node.Chars all = new Node.Chars(0, 0, false);
        boolean first = true;
        while (first || !sees(']')) {
            Node.Chars some = at < pattern.length() ? setItem(first) : null;
            if (some == null) {
                return null;
            }
            all = all.or(some);
            first = false;
        }
        at++;
        return negated ? all.not() : all;
    }

    private Node.@Nullable Chars setItem(boolean first) {
        if ((first && sees(']') && !seesNext('-')) || (sees('-') && seesNext(']'))) {
            char itself = pattern.charAt(at++);
            return Node.Chars.range(itself, itself);
        }
        if (sees('\\') && at + 1 < pattern.length()) {
            Node.Chars chars = escapedSet(pattern.charAt(at + 1));
            if (chars != null) {
                at += 2;
                return chars;
            }
        }
        int from = setCharacter();
        if (from < 0) {
            return null;
        }
        if (!sees('-') || seesNext(']')) {
            return Node.Chars.range(from, from);
        }
        at++;
        int to = at < pattern.length() ? setCharacter() : -1;
        return to < from ? null : Node.Chars.range(from, to);
    }

    /// An ASCII character that stands for itself; −1 else.
    private int setCharacter() {
        char c = pattern.charAt(at++);
        if (c == '\\') {
            return at == pattern.length() ? -1 : escapedCharacter(pattern.charAt(at++));
        }
        return c >= 0x80 || c == '[' || c == ']' || c == '-' ? -1 : c;
    }
}
