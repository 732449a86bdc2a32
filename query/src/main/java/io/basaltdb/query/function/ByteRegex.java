package io.basaltdb.query.function;

import io.basaltdb.query.function.ByteRegexParser.Node;
import io.basaltdb.query.kernel.ByteSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A regular expression that is matched against UTF-8 bytes, groups and all, in one pass over a small program: it tries alternatives in
/// their order and remembers in a bitmap which (branch, position) has failed, so that no pair is tried twice and the time stays
/// linear in the text. RE2/J goes over a text twice, once to find the match and once more for its groups, on characters: fifteen times
/// as slow on addresses of web pages.
///
/// A greedy repetition of a class of characters, none of which can begin what follows (`[^/]+/`), never has to give one back: it runs to the class's end
/// in a loop over bytes and leaves nothing to try.
///
/// It takes only patterns of [ByteRegexParser]'s syntax and texts up to a length; for others the answer of RE2/J, which is the same, has to
/// be asked. For one thread.
final class ByteRegex {
    private static final int MAX_INSTRUCTIONS = 256;

    /// Pairs of branch and position that a text may have.
    private static final int MAX_PAIRS = 1 << 18;

    private static final int BYTE = 0;
    private static final int CHARS = 1;
    private static final int SPLIT = 2;
    private static final int JUMP = 3;
    private static final int SAVE = 4;
    private static final int BEGIN = 5;
    private static final int END = 6;
    private static final int MATCH = 7;
    private static final int STRING = 8;
    private static final int LOOP = 9;

    /// Bits of a first set beside those of the 128 ASCII bytes.
    private static final int NON_ASCII = 128;

    private static final int FIRST_BITS = 129;

    private final int groupCount;
    private int size;
    private final int[] operation = new int[MAX_INSTRUCTIONS];
    private final int[] argument = new int[MAX_INSTRUCTIONS];

    /// Of a SPLIT: where to go on when the first way has failed.
    private final int[] otherwise = new int[MAX_INSTRUCTIONS];

    private final long[] low = new long[MAX_INSTRUCTIONS];
    private final long[] high = new long[MAX_INSTRUCTIONS];
    private final boolean[] others = new boolean[MAX_INSTRUCTIONS];

    /// Of a STRING its bytes, of a LOOP a 1 for each byte of its class.
    private final byte[][] table = new byte[MAX_INSTRUCTIONS][];

    /// Of a SPLIT its number among them, of a LOOP too.
    private final int[] number = new int[MAX_INSTRUCTIONS];

    private int splitCount;
    private int loopCount;

    /// Where each loop last ran: from there to there all bytes belong to its class.
    private int[] loopBegin = {};

    private int[] loopEnd = {};

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
        if (!regex.compile(parsed.node()) || !regex.emit(MATCH, 0)) {
            return null;
        }
        regex.simplify();
        return regex;
    }

    /// Turns branches that never have to be tried again into loops, and numbers those that stay.
    private void simplify() {
        for (int pc = 0; pc < size; pc++) {
            if (operation[pc] != SPLIT) {
                continue;
            }
            int body = argument[pc];
            boolean isPlus = body == pc - 1;
            boolean isStar = body == pc + 1 && operation[pc + 2] == JUMP && argument[pc + 2] == pc;
            if ((isPlus || isStar) && isClass(body) && isDisjoint(body, otherwise[pc])) {
                operation[pc] = LOOP;
                argument[pc] = otherwise[pc];
                table[pc] = members(body);
                number[pc] = loopCount++;
            } else {
                number[pc] = splitCount++;
            }
        }
        loopBegin = new int[loopCount];
        loopEnd = new int[loopCount];
    }

    private boolean isClass(int pc) {
        return operation[pc] == CHARS || (operation[pc] == BYTE && argument[pc] >= 0);
    }

    private byte[] members(int pc) {
        byte[] members = new byte[256];
        for (int c = 0; c < 128; c++) {
            boolean isMember =
                    operation[pc] == BYTE
                            ? argument[pc] == c
                            : ((c < 64 ? low[pc] : high[pc]) >>> c & 1) != 0;
            members[c] = (byte) (isMember ? 1 : 0);
        }
        Arrays.fill(members, 128, 256, (byte) (operation[pc] == CHARS && others[pc] ? 1 : 0));
        return members;
    }

    /// Whether no text that goes on with a member of the class can match from `next` on.
    private boolean isDisjoint(int classAt, int next) {
        BitSet first = new BitSet(FIRST_BITS);
        if (!addFirst(next, first, new BitSet(size))) {
            return false;
        }
        byte[] members = members(classAt);
        for (int c = 0; c < FIRST_BITS; c++) {
            if (members[c] != 0 && first.get(c)) {
                return false;
            }
        }
        return true;
    }

    /// Adds the bytes that a match from that instruction on can begin with; false where it may match without one, other than at the text's end.
    private boolean addFirst(int pc, BitSet first, BitSet done) {
        if (done.get(pc)) {
            return true;
        }
        done.set(pc);
        return switch (operation[pc]) {
            case BYTE -> {
                first.set(argument[pc] < 0 ? NON_ASCII : argument[pc]);
                yield true;
            }
            case STRING -> {
                first.set(table[pc][0] < 0 ? NON_ASCII : table[pc][0]);
                yield true;
            }
            case CHARS -> {
                byte[] members = members(pc);
                for (int c = 0; c < FIRST_BITS; c++) {
                    first.set(c, first.get(c) || members[c] != 0);
                }
                yield true;
            }
            case SPLIT ->
                    addFirst(argument[pc], first, done) && addFirst(otherwise[pc], first, done);
            case LOOP -> {
                for (int c = 0; c < FIRST_BITS; c++) {
                    first.set(c, first.get(c) || table[pc][c] != 0);
                }
                yield addFirst(argument[pc], first, done);
            }
            case JUMP -> addFirst(argument[pc], first, done);
            case SAVE -> addFirst(pc + 1, first, done);
            case END -> true;
            default -> false;
        };
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
                boolean fits = emit(bytes.length == 1 ? BYTE : STRING, bytes[0]);
                table[size - 1] = bytes;
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
                for (Node part : joined(nodes)) {
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

    /// Literals that follow each other become one.
    private static List<Node> joined(List<Node> nodes) {
        List<Node> joined = new ArrayList<>();
        for (Node node : nodes) {
            if (node instanceof Node.Literal(byte[] more)
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Node.Literal(byte[] before)) {
                byte[] both = Arrays.copyOf(before, before.length + more.length);
                System.arraycopy(more, 0, both, before.length, more.length);
                joined.set(joined.size() - 1, new Node.Literal(both));
            } else {
                joined.add(node);
            }
        }
        return joined;
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
        return (long) splitCount * (length + 1) <= MAX_PAIRS;
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
        int words = (splitCount * (to - from + 1) + 63) >> 6;
        if (visited.length < words) {
            visited = new long[words];
        } else {
            Arrays.fill(visited, 0, words, 0);
        }
        Arrays.fill(loopBegin, -1);
        Arrays.fill(loopEnd, -1);
        boolean anchored = operation[0] == BEGIN;
        boolean beginsWithByte = operation[0] == BYTE || operation[0] == STRING;
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
                case STRING -> {
                    int length = table[pc].length;
                    if (to - position < length || !ByteSearch.isAt(text, position, table[pc])) {
                        return false;
                    }
                    position += length;
                    pc++;
                }
                case LOOP -> {
                    position = runLoop(number[pc], table[pc], text, position, to);
                    pc = argument[pc];
                }
                case SPLIT -> {
                    int pair = number[pc] * width + position - from;
                    if ((visited[pair >> 6] >>> pair & 1) != 0) {
                        return false;
                    }
                    visited[pair >> 6] |= 1L << pair;
                    push(otherwise[pc], position);
                    pc = argument[pc];
                }
                case JUMP -> pc = argument[pc];
                case SAVE -> {
                    int bound = argument[pc];
                    if (stackSize > 0) {
                        push(-1 - bound, bounds[bound]);
                    }
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

    /// The end of the class's members from that position on. A run that was gone through before is not gone through again: so the time stays linear.
    private int runLoop(int loop, byte[] members, byte[] text, int position, int to) {
        if (position >= loopBegin[loop] && position <= loopEnd[loop]) {
            return loopEnd[loop];
        }
        int end = position;
        while (end < to && members[text[end] & 0xFF] != 0) {
            end++;
        }
        loopBegin[loop] = position;
        loopEnd[loop] = end;
        return end;
    }

    private static int utf8Length(int firstByte) {
        return (firstByte & 0xE0) == 0xC0 ? 2 : (firstByte & 0xF0) == 0xE0 ? 3 : 4;
    }
}
