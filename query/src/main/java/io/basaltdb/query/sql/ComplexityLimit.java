package io.basaltdb.query.sql;

import io.basaltdb.storage.error.ErrorCode;
import java.util.List;

/// Refuses text that would need more stack than a planner thread has, before anything recurses over it.
final class ComplexityLimit {
    /// Parentheses, brackets and CASE … END inside each other.
    static final int MAX_DEPTH = 2_000;

    /// Characters of one statement.
    static final int MAX_CHARACTERS = 64 << 20;

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
        for (SqlToken token : tokens) {
            if (token.isSymbol("(") || token.isSymbol("[") || token.isWord("CASE")) {
                if (++depth > MAX_DEPTH) {
                    throw SqlPosition.of(sql, token.start())
                            .error(
                                    ErrorCode.STATEMENT_TOO_COMPLEX,
                                    "The statement is nested deeper than "
                                            + MAX_DEPTH
                                            + " levels; flatten it");
                }
            } else if (token.isSymbol(")") || token.isSymbol("]") || token.isWord("END")) {
                depth = Math.max(0, depth - 1);
            }
        }
    }
}
