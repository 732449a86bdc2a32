package io.basaltdb.query.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// Clauses of other dialects, written out in the words of the grammar.
///
/// - `PREWHERE a WHERE b`: `WHERE (a) AND (b)`
/// - `SELECT TOP 5 a FROM t`: `SELECT a FROM t LIMIT 5`
/// - `ARRAY JOIN list AS x`, `LATERAL VIEW explode(list) t AS x`: `CROSS JOIN UNNEST(list) AS t(x)`
/// - `FROM t SAMPLE 0.1`: `FROM t TABLESAMPLE BERNOULLI (10)`
/// - `count(APPROXIMATE DISTINCT x)`: `approx_count_distinct(x)`
/// - `x IN ()`: among no rows
final class ForeignClauses {
    private static final Set<String> BEHIND_CONDITION =
            Set.of(
                    "GROUP",
                    "HAVING",
                    "WINDOW",
                    "QUALIFY",
                    "ORDER",
                    "LIMIT",
                    "OFFSET",
                    "FETCH",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT");
    private static final Set<String> SET_OPERATIONS = Set.of("UNION", "EXCEPT", "INTERSECT");

    private ForeignClauses() {}

    /// Writes out what the word begins, if it begins such a clause.
    static void word(Shorthand text, int i, String word) {
        switch (word) {
            case "PREWHERE" -> prewhere(text, i);
            case "TOP" -> top(text, i);
            case "ARRAY" -> arrayJoin(text, i);
            case "LATERAL" -> {
                if (isTableFunction(text, i + 1)) {
                    text.write(i, ""); // what its arguments name is looked for before it anyway
                } else {
                    lateralView(text, i);
                }
            }
            case "SAMPLE" -> sample(text, i);
            case "APPROXIMATE" -> approximate(text, i);
            case "IN" -> {
                if (text.isSymbol(i + 1, "(") && text.isSymbol(i + 2, ")")) {
                    text.write(i + 2, "SELECT NULL FROM (VALUES (0)) WHERE FALSE)");
                }
            }
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static boolean isTableFunction(Shorthand text, int name) {
        return (text.isWord(name, "generate_series") || text.isWord(name, "range"))
                && text.isSymbol(name + 1, "(");
    }

    /// Behind the last token of what begins at `first`, up to one of the words beside it or the end of the query.
    private static int end(Shorthand text, int first, Set<String> words) {
        int depth = 0;
        int i = first;
        while (!text.isEnd(i) && !text.isSymbol(i, ";")) {
            depth += text.depthChange(i);
            if (depth < 0 || (depth == 0 && text.isOneOf(i, words))) {
                break;
            }
            i++;
        }
        return i;
    }

    private static void prewhere(Shorthand text, int prewhere) {
        int end = end(text, prewhere + 1, BEHIND_CONDITION);
        int where = end(text, prewhere + 1, Set.of("WHERE"));
        if (where >= end) {
            text.write(prewhere, "WHERE");
            return;
        }
        text.write(prewhere, "WHERE (");
        text.write(where, ") AND (");
        text.write(end - 1, text.text(end - 1) + ")");
    }

    private static void top(Shorthand text, int top) {
        boolean distinct = text.isWord(top - 1, "DISTINCT");
        if (!text.isWord(distinct ? top - 2 : top - 1, "SELECT")
                || !text.isNumber(top + 1)
                || text.isSymbol(top + 2, ",")
                || text.isWord(top + 2, "FROM")) {
            return;
        }
        int last = end(text, top + 2, SET_OPERATIONS) - 1;
        String count = text.text(top + 1);
        text.write(top, "");
        text.write(top + 1, "");
        text.write(last, text.text(last) + " LIMIT " + count);
    }

    private static void arrayJoin(Shorthand text, int array) {
        if (!text.isWord(array + 1, "JOIN")) {
            return;
        }
        int as = end(text, array + 2, Set.of("AS", "WHERE", "JOIN"));
        if (!text.isWord(as, "AS") || text.isSymbol(as + 2, ",")) {
            return;
        }
        boolean left = text.isWord(array - 1, "LEFT");
        text.write(array, left ? "JOIN" : "CROSS JOIN");
        text.write(array + 1, "UNNEST(");
        text.write(as, ") AS " + SqlNames.quoted("array join " + array) + "(");
        text.write(as + 1, text.text(as + 1) + ")" + (left ? " ON TRUE" : ""));
    }

    /// `LATERAL VIEW [OUTER] explode(list) t AS x`
    private static void lateralView(Shorthand text, int lateral) {
        boolean outer = text.isWord(lateral + 2, "OUTER");
        int explode = outer ? lateral + 3 : lateral + 2;
        if (!text.isWord(lateral + 1, "VIEW") || !text.isWord(explode, "explode")) {
            return;
        }
        int as = end(text, explode + 1, Set.of("AS", "WHERE", "LATERAL"));
        if (!text.isWord(as, "AS") || text.isSymbol(as - 1, ")") || text.isSymbol(as + 2, ",")) {
            return;
        }
        text.write(lateral, outer ? "LEFT JOIN" : "CROSS JOIN");
        text.write(lateral + 1, "");
        if (outer) {
            text.write(lateral + 2, "");
        }
        text.write(explode, "UNNEST");
        text.write(as - 1, "AS " + text.text(as - 1));
        text.write(as, "(");
        text.write(as + 1, text.text(as + 1) + ")" + (outer ? " ON TRUE" : ""));
    }

    /// `SAMPLE 0.1`, `SAMPLE 10%`, `USING SAMPLE 10%`: each row with that chance.
    private static void sample(Shorthand text, int sample) {
        if (!text.isNumber(sample + 1)) {
            return;
        }
        boolean percent = text.isSymbol(sample + 2, "%");
        BigDecimal share = new BigDecimal(text.text(sample + 1));
        if (!percent && share.compareTo(BigDecimal.ONE) > 0) {
            return;
        }
        text.write(sample, "TABLESAMPLE BERNOULLI (");
        BigDecimal chance = percent ? share : share.movePointRight(2);
        text.write(sample + 1, chance.stripTrailingZeros().toPlainString() + ")");
        for (int dropped : List.of(sample - 1, sample + 2)) {
            if (dropped < sample ? text.isWord(dropped, "USING") : percent) {
                text.write(dropped, "");
            }
        }
    }

    private static void approximate(Shorthand text, int approximate) {
        if (text.isWord(approximate + 1, "DISTINCT")
                && text.isSymbol(approximate - 1, "(")
                && text.isWord(approximate - 2, "COUNT")) {
            text.write(approximate - 2, "approx_count_distinct");
            text.write(approximate, "");
            text.write(approximate + 1, "");
        }
    }
}
