package io.basaltdb.query.function;

import io.basaltdb.query.function.ByteRegexParser.Node;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A regular expression that is matched against UTF-8 bytes, groups and all, in one pass over a small program: it tries alternatives in
/// their order and remembers in a bitmap which (instruction, position) has failed, so that no pair is tried twice and the time stays
/// linear in the text. RE2/J goes over a text twice, once to find the match and once more for its groups, on characters: fifteen times
/// as slow on addresses of web pages.
///
/// It takes only patterns of [ByteRegexParser]'s syntax and texts up to a length; for others the answer of RE2/J, which is the same, has to
/// be asked. For one thread.
final class ByteRegex {
    private static final int MAX_INSTRUCTIONS = 256;

    /// Pairs of instruction and position that a text may have.
    private static final int MAX_PAIRS = 1 << 18;

    private static final int BYTE = 0;
    private static final int CHARS = 1;
    private static final int SPLIT = 2;
    private static final int JUMP = 3;
    private static final int SAVE = 4;
    private static final int BEGIN = 5;
    private static final int END = 6;
    private static final int MATCH = 7;

    private final int groupCount;
    private int size;
    private final int[] operation = new int[MAX_INSTRUCTIONS];
    private final int[] argument = new int[MAX_INSTRUCTIONS];

    /// Of a SPLIT: where to go on when the first way has failed.
    private final int[] otherwise = new int[MAX_INSTRUCTIONS];

    private final long[] low = new long[MAX_INSTRUCTIONS];
    private final long[] high = new long[MAX_INSTRUCTIONS];
    private final boolean[] others = new boolean[MAX_INSTRUCTIONS];

    /// Where each group begins and ends in the text, two per group, the whole match first; −1 where it took no part.
    private final int[] bounds;

    private long[] visited = {};

    /// Two words per entry: an instruction and a position; or −1 − the bound to set back, and its value.
    private int[] stack = new int[64];

    private int stackSize;

    private ByteRegex(int groupCount) {
        this.groupCount = groupCount;
        this.bounds = new int[2 * groupCount + 2];
    }

    /// The pattern, valid by RE2; null where it holds what cannot be matched here.
    static @Nullable ByteRegex of(String pattern, boolean dotAll) {
        ByteRegexParser.Parsed parsed = ByteRegexParser.parse(pattern, dotAll);
        if (parsed == null) {
            return null;
        }
        ByteRegex regex = new ByteRegex(parsed.groupCount());
        return regex.compile(parsed.node()) && regex.emit(MATCH, 0) ? regex : null;
    }

    private boolean emit(int op, int value) {
        if (size == MAX_INSTRUCTIONS) {
            return false;
        }
        operation[size] = op;
        argument[size++] = value;
        return true;
    }

    /// Appends the node's instructions; false where there are too many.
    private boolean compile(Node node) {
        return switch (node) {
            case Node.Literal(byte[] bytes) -> {
                boolean fits = true;
                for (byte b : bytes) {
                    fits = fits && emit(BYTE, b);
                }
                yield fits;
            }
            case Node.Chars(long lows, long highs, boolean rest) -> {
                if (!emit(CHARS, 0)) {
                    yield false;
                }
                low[size - 1] = lows;
                high[size - 1] = highs;
                others[size - 1] = rest;
                yield true;
            }
            case Node.Sequence(List<Node> nodes) -> {
                boolean fits = true;
                for (Node part : nodes) {
                    fits = fits && compile(part);
                }
                yield fits;
            }
            case Node.Choice(List<Node> nodes) -> choice(nodes, 0);
            case Node.Repeat repeat -> repeat(repeat);
            case Node.Group(Node inside, int number) ->
                    emit(SAVE, 2 * number) && compile(inside) && emit(SAVE, 2 * number + 1);
            case Node.Anchor(boolean begin) -> emit(begin ? BEGIN : END, 0);
        };
    }

    private boolean choice(List<Node> nodes, int from) {
        if (from == nodes.size() - 1) {
            return compile(nodes.get(from));
        }
        int split = size;
        if (!emit(SPLIT, size + 1) || !compile(nodes.get(from))) {
            return false;
        }
        int jump = size;
        if (!emit(JUMP, 0)) {
            return false;
        }
        otherwise[split] = size;
        boolean fits = choice(nodes, from + 1);
        argument[jump] = size;
        return fits;
    }

    private boolean repeat(Node.Repeat repeat) {
        if (!repeat.optional()) {
            int body = size;
            return compile(repeat.node()) && split(body, size + 1, repeat.greedy());
        }
        int split = size;
        if (!emit(SPLIT, 0) || !compile(repeat.node())) {
            return false;
        }
        if (repeat.many() && !emit(JUMP, split)) {
            return false;
        }
        argument[split] = repeat.greedy() ? split + 1 : size;
        otherwise[split] = repeat.greedy() ? size : split + 1;
        return true;
    }

    private boolean split(int again, int onward, boolean greedy) {
        if (!emit(SPLIT, greedy ? again : onward)) {
            return false;
        }
        otherwise[size - 1] = greedy ? onward : again;
        return true;
    }

    int groupCount() {
        return groupCount;
    }

    /// Whether a text of that length can be matched here.
    boolean takes(int length) {
        return (long) size * (length + 1) <= MAX_PAIRS;
    }

    /// Where group `number` of the last match begins, −1 where it took no part; 0 is the whole match.
    int start(int number) {
        return bounds[2 * number];
    }

    int end(int number) {
        return bounds[2 * number + 1];
    }

    /// Looks for the first match in `text[from … to)`; [#start] and [#end] count from the begin of the array.
    boolean find(byte[] text, int from, int to) {
        int words = (size * (to - from + 1) + 63) >> 6;
        if (visited.length < words) {
            visited = new long[words];
        } else {
            Arrays.fill(visited, 0, words, 0);
        }
        boolean anchored = operation[0] == BEGIN;
        boolean beginsWithByte = operation[0] == BYTE;
        byte first = (byte) argument[0];
        for (int start = from; start <= to; start++) {
            if (beginsWithByte) {
                while (start < to && text[start] != first) {
                    start++;
                }
            } else if (start > from && start < to && (text[start] & 0xC0) == 0x80) {
                continue; // inside a character
            }
            if (matches(text, from, to, start)) {
                return true;
            }
            if (anchored) {
                return false;
            }
        }
        return false;
    }

    private boolean matches(byte[] text, int from, int to, int start) {
        Arrays.fill(bounds, -1);
        stackSize = 0;
        push(0, start);
        while (stackSize > 0) {
            stackSize -= 2;
            int pc = stack[stackSize];
            int position = stack[stackSize + 1];
            if (pc < 0) {
                bounds[-1 - pc] = position;
            } else if (run(text, from, to, pc, position)) {
                bounds[0] = start;
                return true;
            }
        }
        return false;
    }

    private void push(int pc, int position) {
        if (stackSize + 2 > stack.length) {
            stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        stack[stackSize] = pc;
        stack[stackSize + 1] = position;
        stackSize += 2;
    }

    /// Follows one way to its end.
    private boolean run(byte[] text, int from, int to, int firstInstruction, int firstPosition) {
        int width = to - from + 1;
        int pc = firstInstruction;
        int position = firstPosition;
        while (true) {
            int pair = pc * width + position - from;
            if ((visited[pair >> 6] >>> pair & 1) != 0) {
                return false;
            }
            visited[pair >> 6] |= 1L << pair;
            switch (operation[pc]) {
                case BYTE -> {
                    if (position == to || text[position] != argument[pc]) {
                        return false;
                    }
                    position++;
                    pc++;
                }
                case CHARS -> {
                    if (position == to) {
                        return false;
                    }
                    int c = text[position];
                    if (c >= 0) {
                        if (((c < 64 ? low[pc] : high[pc]) >>> c & 1) == 0) {
                            return false;
                        }
                        position++;
                    } else if (others[pc]) {
                        position = Math.min(to, position + utf8Length(c));
                    } else {
                        return false;
                    }
                    pc++;
                }
                case SPLIT -> {
                    push(otherwise[pc], position);
                    pc = argument[pc];
                }
                case JUMP -> pc = argument[pc];
                case SAVE -> {
                    int bound = argument[pc];
                    push(-1 - bound, bounds[bound]);
                    bounds[bound] = position;
                    pc++;
                }
                case BEGIN -> {
                    if (position != from) {
                        return false;
                    }
                    pc++;
                }
                case END -> {
                    if (position != to) {
                        return false;
                    }
                    pc++;
                }
                default -> {
                    bounds[1] = position;
                    return true;
                }
            }
        }
    }

    private static int utf8Length(int firstByte) {
        return (firstByte & 0xE0) == 0xC0 ? 2 : (firstByte & 0xF0) == 0xE0 ? 3 : 4;
    }
}
