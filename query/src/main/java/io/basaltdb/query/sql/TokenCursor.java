package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// A place among the tokens of one statement, with the small questions that statement parsers ask.
final class TokenCursor {
    private final String source;
    private final List<SqlToken> tokens;
    private final NamedTypes types;
    private int at;

    TokenCursor(String source, List<SqlToken> tokens) {
        this(source, tokens, NamedTypes.NONE);
    }

    /// @param types that the text can name
    TokenCursor(String source, List<SqlToken> tokens, NamedTypes types) {
        this.source = source;
        this.tokens = tokens;
        this.types = types;
    }

    NamedTypes types() {
        return types;
    }

    String source() {
        return source;
    }

    SqlToken peek() {
        return tokens.get(at);
    }

    /// The token `distance` behind the next one; the last one where the text is shorter.
    SqlToken peek(int distance) {
        return tokens.get(Math.min(at + distance, tokens.size() - 1));
    }

    SqlToken next() {
        SqlToken token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    /// Offset behind the token that was taken last.
    int endOfLast() {
        return tokens.get(at - 1).end();
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    /// Whether the next tokens are these keywords.
    boolean sees(String... keywords) {
        for (int i = 0; i < keywords.length; i++) {
            if (!peek(i).isWord(keywords[i])) {
                return false;
            }
        }
        return true;
    }

    /// Takes these keywords where all of them come next.
    boolean takes(String... keywords) {
        if (!sees(keywords)) {
            return false;
        }
        at += keywords.length;
        return true;
    }

    boolean takesAny(String... keywords) {
        for (String keyword : keywords) {
            if (takes(keyword)) {
                return true;
            }
        }
        return false;
    }

    boolean takesSymbol(String symbol) {
        if (!peek().isSymbol(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    void expect(String... keywords) {
        for (String keyword : keywords) {
            if (!takes(keyword)) {
                throw unexpected(keyword);
            }
        }
    }

    void expectSymbol(String symbol) {
        if (!takesSymbol(symbol)) {
            throw unexpected("\"" + symbol + "\"");
        }
    }

    void expectEnd() {
        if (!atEnd()) {
            throw unexpected("the end of the statement");
        }
    }

    String name(String what) {
        if (!peek().isName()) {
            throw unexpected(what);
        }
        SqlToken token = next();
        if (token.text().isEmpty()) {
            throw error(token, ErrorCode.SYNTAX_ERROR, "A name cannot be empty");
        }
        return token.text();
    }

    Statement.ObjectName objectName(String what) {
        List<String> parts = new ArrayList<>();
        SqlToken first = peek();
        do {
            parts.add(name(what));
        } while (takesSymbol("."));
        if (parts.size() == 3 && parts.getFirst().equalsIgnoreCase(Dialect.CATALOG)) {
            parts.removeFirst();
        }
        return switch (parts.size()) {
            case 1 -> new Statement.ObjectName(null, parts.getFirst());
            case 2 -> new Statement.ObjectName(parts.get(0), parts.get(1));
            default ->
                    throw error(
                            first,
                            ErrorCode.SYNTAX_ERROR,
                            "Name "
                                    + String.join(".", parts)
                                    + " is neither name, schema.name nor "
                                    + Dialect.CATALOG
                                    + ".schema.name");
        };
    }

    /// `(name, name …)`.
    List<String> namesInParentheses(String what) {
        expectSymbol("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(name(what));
        } while (takesSymbol(","));
        expectSymbol(")");
        return names;
    }

    String string(String what) {
        if (peek().kind() != Kind.STRING) {
            throw unexpected(what);
        }
        return next().text();
    }

    int wholeNumber(String what) {
        SqlToken token = peek();
        try {
            if (token.kind() == Kind.NUMBER) {
                next();
                return Integer.parseInt(token.text());
            }
        } catch (NumberFormatException e) {
            throw unexpectedAt(token, what);
        }
        throw unexpected(what);
    }

    /// Moves behind the expression that begins here: up to a comma or closing parenthesis of this level, the end, or one of the
    /// keywords at this level; answers its text.
    String expressionText(String what, String... endKeywords) {
        int start = at;
        int depth = 0;
        while (!atEnd()) {
            SqlToken token = peek();
            if (depth == 0
                    && (token.isSymbol(",")
                            || token.isSymbol(")")
                            || (at > start && isOneOf(token, endKeywords)))) {
                break;
            }
            if (token.opens()) {
                depth++;
            } else if (token.closes()) {
                depth--;
            }
            at++;
        }
        if (at == start) {
            throw unexpected(what);
        }
        return source.substring(tokens.get(start).start(), tokens.get(at - 1).end());
    }

    /// Whether these keywords stand next to each other somewhere ahead outside all parentheses; answers the first of them.
    @org.jspecify.annotations.Nullable
    SqlToken findAhead(String... keywords) {
        int depth = 0;
        for (int i = at; i + keywords.length <= tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.opens()) {
                depth++;
            } else if (token.closes()) {
                depth--;
            } else if (depth == 0 && seesAt(i, keywords)) {
                return token;
            }
        }
        return null;
    }

    /// Whether the symbol stands behind the token that follows this one.
    boolean isFollowedBy(SqlToken token, String symbol) {
        int index = tokens.indexOf(token);
        return index >= 0 && index + 2 < tokens.size() && tokens.get(index + 2).isSymbol(symbol);
    }

    private boolean seesAt(int index, String... keywords) {
        for (int i = 0; i < keywords.length; i++) {
            if (!tokens.get(index + i).isWord(keywords[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneOf(SqlToken token, String... keywords) {
        for (String keyword : keywords) {
            if (token.isWord(keyword)) {
                return true;
            }
        }
        return false;
    }

    /// The tokens ahead up to the parenthesis that closes the current level; used for a query in parentheses.
    int endOfParenthesis() {
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.opens()) {
                depth++;
            } else if (token.closes()) {
                if (depth == 0) {
                    return i;
                }
                depth--;
            }
        }
        throw unexpectedAt(tokens.getLast(), "\")\"");
    }

    void moveTo(int index) {
        at = index;
    }

    SqlToken token(int index) {
        return tokens.get(index);
    }

    SqlPosition position(SqlToken token) {
        return SqlPosition.of(source, token.start());
    }

    BasaltException error(SqlToken token, ErrorCode code, String message) {
        return position(token).error(code, message);
    }

    BasaltException notSupported(SqlToken token, String message) {
        return error(token, ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }

    BasaltException unexpected(String expected) {
        return unexpectedAt(peek(), expected);
    }

    private BasaltException unexpectedAt(SqlToken token, String expected) {
        return error(
                token,
                ErrorCode.SYNTAX_ERROR,
                "Expected " + expected + ", found " + token.described(source));
    }
}
