package io.basaltdb.query.sql;

import io.basaltdb.storage.error.ErrorCode;
import java.util.List;

/// Refuses text that would need more stack than a planner thread has, before anything recurses over it.
final class ComplexityLimit {
    /// Parentheses, brackets and CASE … END inside each other.
    static final int MAX_DEPTH = 2_000;

    /// Characters of one statement.
    static final int MAX_CHARACTERS = 64 << 20;

    /// Operators between operands, and signs before them: each may be one level of a tree that leans to one side.
    static final int MAX_OPERATORS = 10_000;

    private ComplexityLimit() {}

    static void check(String sql, List<SqlToken> tokens) {
        if (sql.length() > MAX_CHARACTERS) {
            throw new SqlPosition(1, 1)
                    .error(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "The statement has "
                                    + sql.length()
                                    + " characters; at most "
                                    + MAX_CHARACTERS
                                    + " are read; load files with COPY");
        }
        int depth = 0;
        int operators = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.opens() || token.isWord("CASE")) {
                if (++depth > MAX_DEPTH) {
                    throw tooMany(sql, token, "is nested deeper than " + MAX_DEPTH + " levels");
                }
            } else if (token.closes() || token.isWord("END")) {
                depth = Math.max(0, depth - 1);
            } else if (isOperator(tokens, i) && ++operators > MAX_OPERATORS) {
                throw tooMany(sql, token, "has more than " + MAX_OPERATORS + " operators");
            }
        }
    }

    private static RuntimeException tooMany(String sql, SqlToken token, String what) {
        return SqlPosition.of(sql, token.start())
                .error(ErrorCode.STATEMENT_TOO_COMPLEX, "The statement " + what + "; split it");
    }

    /// Whether the token joins two operands, or is a sign in front of another sign. The sign of a number counts for nothing: rows of an
    /// INSERT are full of them.
    private static boolean isOperator(List<SqlToken> tokens, int index) {
        SqlToken token = tokens.get(index);
        if (token.kind() == SqlToken.Kind.WORD) {
            return token.isWord("AND")
                    || token.isWord("OR")
                    || token.isWord("NOT")
                    || token.isWord("UNION")
                    || token.isWord("EXCEPT")
                    || token.isWord("INTERSECT")
                    || token.isWord("JOIN");
        }
        if (token.kind() != SqlToken.Kind.SYMBOL
                || "(),.;[]".contains(token.text())
                || index == 0) {
            return false;
        }
        SqlToken before = tokens.get(index - 1);
        return before.kind() != SqlToken.Kind.SYMBOL || !"(,[".contains(before.text());
    }
}
