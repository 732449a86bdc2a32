package io.basaltdb.query.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Regular expressions, by [ByteRegex] where the pattern is plain, else by RE2/J: time linear in the text whatever the pattern, and so no back references and no looking around. A pattern that is a constant is
/// compiled once; others are kept by their text.
final class RegexFunctions {
    private RegexFunctions() {}

    /// A compiled pattern: for RE2/J, and where its syntax allows for matching bytes.
    private record Compiled(Pattern pattern, @Nullable ByteRegex bytes) {
        /// The form that takes the row's text; null where RE2/J has to.
        @Nullable ByteRegex bytesFor(TextArguments a, int row) {
            return bytes != null && bytes.takes(a.length(0, row)) ? bytes : null;
        }
    }

    /// Compiled patterns of one call; a limited number, begun anew when it is reached.
    private static final class Patterns {
        private static final int MAX_PATTERNS = 256;
        private static final byte[] NO_FLAGS = {};

        private final Map<String, Compiled> known = new HashMap<>();
        private byte[] lastPattern = {};
        private byte[] lastFlags = {};
        private @Nullable Compiled last;

        Compiled get(TextArguments a, int row, int pattern, int flags) {
            boolean hasFlags = a.count() > flags && flags > 0;
            Compiled found = last;
            if (found != null
                    && a.isText(pattern, row, lastPattern)
                    && (hasFlags ? a.isText(flags, row, lastFlags) : lastFlags.length == 0)) {
                return found;
            }
            lastPattern = a.bytes(pattern, row);
            lastFlags = hasFlags ? a.bytes(flags, row) : NO_FLAGS;
            found = get(text(lastPattern), text(lastFlags));
            last = found;
            return found;
        }

        private Compiled get(String text, String flagText) {
            String key = flagText + '/' + text;
            Compiled found = known.get(key);
            if (found == null) {
                if (known.size() >= MAX_PATTERNS) {
                    known.clear();
                }
                found = compile(text, flagText);
                known.put(key, found);
            }
            return found;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String text(TextArguments a, int argument, int row) {
        return new String(
                a.heap(argument),
                a.start(argument, row),
                a.length(argument, row),
                StandardCharsets.UTF_8);
    }

    private static Compiled compile(String pattern, String flags) {
        int bits = 0;
        for (int i = 0; i < flags.length(); i++) {
            switch (flags.charAt(i)) {
                case 'i' -> bits |= Pattern.CASE_INSENSITIVE;
                case 's' -> bits |= Pattern.DOTALL;
                case 'm', 'n' -> bits |= Pattern.MULTILINE;
                case 'c', 'g' -> {}
                default ->
                        throw new BasaltException(
                                ErrorCode.INVALID_ARGUMENT,
                                "there is no flag \""
                                        + flags.charAt(i)
                                        + "\" of regular expressions; there are i, c, s, m, n and g");
            }
        }
        try {
            Pattern compiled = Pattern.compile(pattern, bits);
            boolean isPlain = (bits & ~Pattern.DOTALL) == 0;
            return new Compiled(
                    compiled, isPlain ? ByteRegex.of(pattern, (bits & Pattern.DOTALL) != 0) : null);
        } catch (PatternSyntaxException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_REGULAR_EXPRESSION,
                    "the regular expression " + pattern + " is not valid: " + e.getDescription(),
                    e);
        }
    }

    static ScalarLoop like(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.tester(
                site,
                (a, row) -> {
                    Compiled compiled = patterns.get(a, row, 1, 2);
                    ByteRegex bytes = compiled.bytesFor(a, row);
                    return bytes != null
                            ? bytes.find(a.heap(0), a.start(0, row), a.end(0, row))
                            : compiled.pattern().matcher(a.bytes(0, row)).find();
                });
    }

    static ScalarLoop count(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.counter(
                site,
                (a, row) -> {
                    Matcher matcher = patterns.get(a, row, 1, 0).pattern().matcher(text(a, 0, row));
                    long count = 0;
                    while (matcher.find()) {
                        count++;
                    }
                    return count;
                });
    }

    static ScalarLoop extract(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.writer(
                site,
                (a, row, out) -> {
                    Compiled compiled = patterns.get(a, row, 1, 0);
                    int group = group(compiled, a, row);
                    ByteRegex bytes = compiled.bytesFor(a, row);
                    if (bytes != null) {
                        if (bytes.find(a.heap(0), a.start(0, row), a.end(0, row))) {
                            appendGroup(bytes, group, a.heap(0), out);
                        }
                        return;
                    }
                    Matcher matcher = compiled.pattern().matcher(text(a, 0, row));
                    if (matcher.find()) {
                        String found = matcher.group(group);
                        out.append(found == null ? "" : found);
                    }
                });
    }

    static ScalarLoop extractAll(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.lister(
                site,
                (a, row, out) -> {
                    Compiled compiled = patterns.get(a, row, 1, 0);
                    int group = group(compiled, a, row);
                    Matcher matcher = compiled.pattern().matcher(text(a, 0, row));
                    while (matcher.find()) {
                        String found = matcher.group(group);
                        put(found == null ? "" : found, out);
                    }
                });
    }

    /// A match of nothing at the beginning, at the end or right behind the match before it splits nothing off, as in PostgreSQL.
    static ScalarLoop split(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.lister(
                site,
                (a, row, out) -> {
                    String text = text(a, 0, row);
                    Matcher matcher = patterns.get(a, row, 1, 2).pattern().matcher(text);
                    int part = 0;
                    while (matcher.find()) {
                        boolean isNothing = matcher.end() == matcher.start();
                        if (isNothing
                                && (matcher.start() == part || matcher.start() == text.length())) {
                            continue;
                        }
                        put(text.substring(part, matcher.start()), out);
                        part = matcher.end();
                    }
                    put(text.substring(part), out);
                });
    }

    private static void put(String text, NestedResult out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writer().putBytes(bytes, 0, bytes.length);
    }

    /// The group that the third argument asks for; 0, the whole match, without one.
    private static int group(Compiled compiled, TextArguments a, int row) {
        long group = a.count() > 2 ? a.number(2, row) : 0;
        int groupCount = compiled.pattern().groupCount();
        if (group < 0 || group > groupCount) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the regular expression has "
                            + groupCount
                            + " groups, but group "
                            + group
                            + " was asked for");
        }
        return (int) group;
    }

    static ScalarLoop replace(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.writer(
                site,
                (a, row, out) -> {
                    Compiled compiled = patterns.get(a, row, 1, 3);
                    boolean all = a.count() > 3 && text(a, 3, row).indexOf('g') >= 0;
                    ByteRegex bytes = all ? null : compiled.bytesFor(a, row);
                    if (bytes != null) {
                        replaceFirst(bytes, a, row, out);
                    } else {
                        replace(compiled.pattern(), text(a, 0, row), text(a, 2, row), all, out);
                    }
                });
    }

    private static void replaceFirst(ByteRegex regex, TextArguments a, int row, TextOutput out) {
        byte[] heap = a.heap(0);
        int from = a.start(0, row);
        int to = a.end(0, row);
        if (!regex.find(heap, from, to)) {
            out.append(heap, from, to - from);
            return;
        }
        out.append(heap, from, regex.start(0) - from);
        byte[] replacement = a.heap(2);
        int end = a.end(2, row);
        for (int i = a.start(2, row); i < end; i++) {
            boolean isEscaped = replacement[i] == '\\' && i + 1 < end;
            i += isEscaped ? 1 : 0;
            byte c = replacement[i];
            if (isEscaped && (c == '&' || (c >= '0' && c <= '9'))) {
                int group = c == '&' ? 0 : c - '0';
                if (group <= regex.groupCount()) {
                    appendGroup(regex, group, heap, out);
                }
            } else {
                out.append(c);
            }
        }
        out.append(heap, regex.end(0), to - regex.end(0));
    }

    private static void appendGroup(ByteRegex regex, int group, byte[] heap, TextOutput out) {
        if (regex.start(group) >= 0 && regex.end(group) >= 0) {
            out.append(heap, regex.start(group), regex.end(group) - regex.start(group));
        }
    }

    private static void replace(
            Pattern pattern, String text, String replacement, boolean all, TextOutput out) {
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (matcher.find()) {
            out.append(text.substring(from, matcher.start()));
            appendReplacement(matcher, replacement, out);
            from = matcher.end();
            if (!all) {
                break;
            }
        }
        out.append(text.substring(from));
    }

    /// `\1` … `\9` and `\0` or `\&` stand for groups and the whole match, `\\` for a backslash.
    private static void appendReplacement(Matcher matcher, String replacement, TextOutput out) {
        for (int i = 0; i < replacement.length(); i++) {
            boolean isEscaped = replacement.charAt(i) == '\\' && i + 1 < replacement.length();
            i += isEscaped ? 1 : 0;
            char c = replacement.charAt(i);
            if (isEscaped && (c == '&' || (c >= '0' && c <= '9'))) {
                int group = c == '&' ? 0 : c - '0';
                String found = group <= matcher.groupCount() ? matcher.group(group) : null;
                out.append(found == null ? "" : found);
            } else {
                int character = replacement.codePointAt(i);
                out.appendCodePoint(character);
                i += Character.charCount(character) - 1;
            }
        }
    }
}
