package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// Cuts SQL text into tokens: quotes of three kinds, dollar quotes, both kinds of comments (block comments nest, as in
/// PostgreSQL), numbers, parameters, symbols.
///
/// It feeds everything that must understand text without a grammar: the splitter of statements, the parser of all statements
/// that are not queries, the depth limit. It never looks at meaning.
public final class SqlLexer {
    private static final String[] LONG_SYMBOLS = {
        "->>", "#>>", "!~*", "<=>", "<<=", ">>=", "#>", "@>", "<@", "&&", "::", "<>", "<=", ">=",
        "!=", "||", "->", "=>", "<<", ">>", "==", "//", "**", "!~", "~*", ":="
    };

    private final String source;
    private final boolean lenient;
    private int at;

    private SqlLexer(String source, boolean lenient) {
        this.source = source;
        this.lenient = lenient;
    }

    /// The tokens of the text, ending with one [Kind#END].
    ///
    /// @throws BasaltException SYNTAX_ERROR where a quote or comment is not closed
    static List<SqlToken> tokens(String source) {
        return new SqlLexer(source, false).run();
    }

    /// As [#tokens], but an open quote or comment ends silently with the text: an [Kind#END] that begins before the end of the
    /// text says so.
    public static List<SqlToken> tokensOfUnfinished(String source) {
        return new SqlLexer(source, true).run();
    }

    private List<SqlToken> run() {
        List<SqlToken> tokens = new ArrayList<>();
        while (true) {
            int open = skipBlanks();
            if (open >= 0 || at >= source.length()) {
                tokens.add(
                        new SqlToken(
                                Kind.END, open >= 0 ? open : source.length(), source.length(), ""));
                return tokens;
            }
            int start = at;
            SqlToken token = next();
            if (token == null) {
                tokens.add(new SqlToken(Kind.END, start, source.length(), ""));
                return tokens;
            }
            tokens.add(token);
        }
    }

    /// Skips blanks and comments; answers the start of a comment that never ends, else −1.
    private int skipBlanks() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (Character.isWhitespace(c) || c == '\uFEFF') {
                at++;
            } else if (source.startsWith("--", at)) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end + 1;
            } else if (source.startsWith("/*", at)) {
                int start = at;
                if (!skipBlockComment()) {
                    fail("Comment has no end; close it with */", start);
                    return start;
                }
            } else {
                return -1;
            }
        }
        return -1;
    }

    private boolean skipBlockComment() {
        int depth = 0;
        do {
            if (source.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (source.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < source.length());
        return depth == 0;
    }

    private @org.jspecify.annotations.Nullable SqlToken next() {
        char c = source.charAt(at);
        if (c == '\'') {
            return quoted('\'', Kind.STRING, at, "Text in quotes has no end; close it with '");
        }
        if (c == '"' || c == '`') {
            return quoted(c, Kind.QUOTED_NAME, at, "Quoted name has no end; close it with " + c);
        }
        if ((c == 'e' || c == 'E') && at + 1 < source.length() && source.charAt(at + 1) == '\'') {
            return escapedString();
        }
        if (Character.isUnicodeIdentifierStart(c) || c == '_' || Character.isHighSurrogate(c)) {
            return word();
        }
        if (isDigit(c)
                || (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1)))) {
            return number();
        }
        if (c == '$') {
            return dollar();
        }
        if (c == '?') {
            return symbol(Kind.PARAMETER, 1);
        }
        if (c == ':' && beginsNamedParameter()) {
            int end = at + 1;
            while (end < source.length() && isWordPart(source.charAt(end))) {
                end++;
            }
            return symbol(Kind.PARAMETER, end - at);
        }
        for (String symbol : LONG_SYMBOLS) {
            if (source.startsWith(symbol, at)) {
                return symbol(Kind.SYMBOL, symbol.length());
            }
        }
        return symbol(Kind.SYMBOL, 1);
    }

    /// `:name`, unless the colon stands right behind what it could belong to: `x::type`, `{'a':b}`, `list[a:b]`.
    private boolean beginsNamedParameter() {
        if (at + 1 >= source.length()
                || !(Character.isUnicodeIdentifierStart(source.charAt(at + 1))
                        || source.charAt(at + 1) == '_')) {
            return false;
        }
        char before = at == 0 ? ' ' : source.charAt(at - 1);
        return !isWordPart(before) && "'\"`)]}:".indexOf(before) < 0;
    }

    private SqlToken symbol(Kind kind, int length) {
        int start = at;
        at += length;
        return new SqlToken(kind, start, at, source.substring(start, at));
    }

    private @org.jspecify.annotations.Nullable SqlToken quoted(
            char quote, Kind kind, int start, String problem) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c != quote) {
                text.append(c);
            } else if (at < source.length() && source.charAt(at) == quote) {
                text.append(quote);
                at++;
            } else {
                return new SqlToken(kind, start, at, text.toString());
            }
        }
        fail(problem, start);
        return null;
    }

    private @org.jspecify.annotations.Nullable SqlToken escapedString() {
        int start = at;
        StringBuilder text = new StringBuilder();
        at += 2;
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c == '\\' && at < source.length()) {
                text.append(source.charAt(at++));
            } else if (c == '\'') {
                return new SqlToken(Kind.STRING, start, at, text.toString());
            } else {
                text.append(c);
            }
        }
        fail("Text in quotes has no end; close it with '", start);
        return null;
    }

    private SqlToken word() {
        int start = at;
        while (at < source.length() && isWordPart(source.charAt(at))) {
            at++;
        }
        return new SqlToken(Kind.WORD, start, at, source.substring(start, at));
    }

    private SqlToken number() {
        int start = at;
        if (source.charAt(at) == '0'
                && at + 1 < source.length()
                && (source.charAt(at + 1) | 0x20) == 'x') {
            at += 2;
            while (at < source.length() && Character.digit(source.charAt(at), 16) >= 0) {
                at++;
            }
            return new SqlToken(Kind.NUMBER, start, at, source.substring(start, at));
        }
        skipDigits();
        if (at < source.length() && source.charAt(at) == '.') {
            at++;
            skipDigits();
        }
        if (at < source.length() && (source.charAt(at) | 0x20) == 'e') {
            int exponent = at + 1;
            if (exponent < source.length()
                    && (source.charAt(exponent) == '+' || source.charAt(exponent) == '-')) {
                exponent++;
            }
            if (exponent < source.length() && isDigit(source.charAt(exponent))) {
                at = exponent;
                skipDigits();
            }
        }
        return new SqlToken(Kind.NUMBER, start, at, source.substring(start, at));
    }

    private void skipDigits() {
        while (at < source.length() && (isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
    }

    /// `$1`, or a text between `$$` or `$tag$`.
    private @org.jspecify.annotations.Nullable SqlToken dollar() {
        int start = at;
        int end = at + 1;
        while (end < source.length() && isDigit(source.charAt(end))) {
            end++;
        }
        if (end > at + 1) {
            at = end;
            return new SqlToken(Kind.PARAMETER, start, at, source.substring(start, at));
        }
        while (end < source.length()
                && isWordPart(source.charAt(end))
                && source.charAt(end) != '$') {
            end++;
        }
        if (end >= source.length() || source.charAt(end) != '$') {
            return symbol(Kind.SYMBOL, 1);
        }
        String tag = source.substring(at, end + 1);
        int close = source.indexOf(tag, end + 1);
        if (close < 0) {
            at = source.length();
            fail("Text in dollar quotes has no end; close it with " + tag, start);
            return null;
        }
        at = close + tag.length();
        return new SqlToken(Kind.STRING, start, at, source.substring(end + 1, close));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return c == '_'
                || c == '$'
                || Character.isUnicodeIdentifierPart(c)
                || Character.isSurrogate(c);
    }

    private void fail(String problem, int start) {
        if (!lenient) {
            throw SqlPosition.of(source, start).error(ErrorCode.SYNTAX_ERROR, problem);
        }
    }
}
