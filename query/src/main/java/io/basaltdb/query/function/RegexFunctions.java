package io.basaltdb.query.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Regular expressions, by RE2/J: time linear in the text whatever the pattern, and so no back references and no looking around. A pattern that is a constant is
/// compiled once; others are kept by their text.
final class RegexFunctions {
    private RegexFunctions() {}

    /// Compiled patterns of one call; a limited number, begun anew when it is reached.
    private static final class Patterns {
        private static final int MAX_PATTERNS = 256;

        private final Map<String, Pattern> known = new HashMap<>();

        Pattern get(TextArguments a, int row, int pattern, int flags) {
            String text = text(a, pattern, row);
            String flagText = a.count() > flags && flags > 0 ? text(a, flags, row) : "";
            String key = flagText + '/' + text;
            Pattern found = known.get(key);
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

    private static String text(TextArguments a, int argument, int row) {
        return new String(
                a.heap(argument),
                a.start(argument, row),
                a.length(argument, row),
                StandardCharsets.UTF_8);
    }

    private static Pattern compile(String pattern, String flags) {
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
            return Pattern.compile(pattern, bits);
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
                site, (a, row) -> patterns.get(a, row, 1, 2).matcher(a.bytes(0, row)).find());
    }

    static ScalarLoop count(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.counter(
                site,
                (a, row) -> {
                    Matcher matcher = patterns.get(a, row, 1, 0).matcher(text(a, 0, row));
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
                    Matcher matcher = patterns.get(a, row, 1, 0).matcher(text(a, 0, row));
                    long group = a.count() > 2 ? a.number(2, row) : 0;
                    if (group < 0 || group > matcher.groupCount()) {
                        throw new BasaltException(
                                ErrorCode.INVALID_ARGUMENT,
                                "the regular expression has "
                                        + matcher.groupCount()
                                        + " groups, but group "
                                        + group
                                        + " was asked for");
                    }
                    if (matcher.find()) {
                        String found = matcher.group((int) group);
                        out.append(found == null ? "" : found);
                    }
                });
    }

    static ScalarLoop replace(CallSite site) {
        Patterns patterns = new Patterns();
        return TextRows.writer(
                site,
                (a, row, out) -> {
                    Pattern pattern = patterns.get(a, row, 1, 3);
                    boolean all = a.count() > 3 && text(a, 3, row).indexOf('g') >= 0;
                    replace(pattern, text(a, 0, row), text(a, 2, row), all, out);
                });
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
