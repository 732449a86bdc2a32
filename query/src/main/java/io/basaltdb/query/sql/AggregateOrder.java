package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `sum(x ORDER BY y)` as `sum(x)`, since its answer does not depend on the order of the rows, and `first(x ORDER BY y)` as
/// `first(x) WITHIN GROUP (ORDER BY y)`. What the grammar itself reads inside of a call (STRING_AGG) stays.
final class AggregateOrder {
    /// What an ORDER BY inside a call means.
    private enum Meaning {
        NO_AGGREGATE,
        NOTHING,
        ORDER
    }

    private AggregateOrder() {}

    /// @param written what to write for each token, null for itself; left empty for the words of such an ORDER BY
    static void leaveOut(List<SqlToken> tokens, @Nullable String[] written) {
        Deque<Meaning> calls = new ArrayDeque<>();
        int leftOutFrom = Integer.MAX_VALUE;
        for (int i = 1; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol("(")) {
                calls.push(meaning(tokens.get(i - 1)));
            } else if (token.isSymbol(")") && !calls.isEmpty()) {
                calls.pop();
            } else if (begins(tokens, i) && !calls.isEmpty()) {
                switch (calls.element()) {
                    case NO_AGGREGATE -> {}
                    case NOTHING -> leftOutFrom = calls.size();
                    case ORDER -> written[i] = ") WITHIN GROUP (ORDER";
                }
            }
            if (calls.size() >= leftOutFrom) {
                written[i] = "";
            } else {
                leftOutFrom = Integer.MAX_VALUE;
            }
        }
    }

    private static Meaning meaning(SqlToken before) {
        if (before.kind() != Kind.WORD) {
            return Meaning.NO_AGGREGATE;
        }
        if (AggregateCalls.isOrdered(before.text())) {
            return Meaning.ORDER;
        }
        return AggregateCalls.isAggregate(before.text()) && !isReadByGrammar(before)
                ? Meaning.NOTHING
                : Meaning.NO_AGGREGATE;
    }

    private static boolean isReadByGrammar(SqlToken name) {
        return name.isWord("STRING_AGG") || name.isWord("GROUP_CONCAT") || name.isWord("ARRAY_AGG");
    }

    private static boolean begins(List<SqlToken> tokens, int at) {
        return tokens.get(at).isWord("ORDER")
                && tokens.get(Math.min(at + 1, tokens.size() - 1)).isWord("BY")
                && !tokens.get(at - 1).isSymbol("(");
    }
}
