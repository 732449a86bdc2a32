package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `sum(x ORDER BY y)` as `sum(x)`: the answer of no aggregate of ours depends on the order of its rows.
final class AggregateOrder {
    private AggregateOrder() {}

    /// @param written what to write for each token, null for itself; left empty for the words of such an ORDER BY
    static void leaveOut(List<SqlToken> tokens, @Nullable String[] written) {
        Deque<Boolean> calls = new ArrayDeque<>();
        int leftOutFrom = Integer.MAX_VALUE;
        for (int i = 1; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol("(")) {
                calls.push(isAggregate(tokens.get(i - 1)));
            } else if (token.isSymbol(")") && !calls.isEmpty()) {
                calls.pop();
            } else if (begins(tokens, i) && !calls.isEmpty() && calls.peek()) {
                leftOutFrom = calls.size();
            }
            if (calls.size() >= leftOutFrom) {
                written[i] = "";
            } else {
                leftOutFrom = Integer.MAX_VALUE;
            }
        }
    }

    private static boolean isAggregate(SqlToken before) {
        return before.kind() == Kind.WORD && Operators.isAggregate(before.text());
    }

    private static boolean begins(List<SqlToken> tokens, int at) {
        return tokens.get(at).isWord("ORDER")
                && tokens.get(Math.min(at + 1, tokens.size() - 1)).isWord("BY")
                && !tokens.get(at - 1).isSymbol("(");
    }
}
