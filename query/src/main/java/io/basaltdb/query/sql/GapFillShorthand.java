package io.basaltdb.query.sql;

import io.basaltdb.query.function.GapFunctions;

/// Writes `ORDER BY … WITH FILL … INTERPOLATE (…)` as the calls that [GapSyntax] understands.
final class GapFillShorthand {
    private GapFillShorthand() {}

    /// `a DESC WITH FILL FROM x TO y STEP z`: `"with fill"(a, x, y, z) DESC`
    static void withFill(Shorthand text, int fill) {
        int with = fill - 1;
        int key = text.isWord(with, "WITH") ? keyOfOrder(text, with) : -1;
        if (key < 0) {
            return;
        }
        int endOfKey = with;
        while (isDirection(text, endOfKey - 1)) {
            endOfKey--;
        }
        StringBuilder direction = new StringBuilder();
        for (int i = endOfKey; i < with; i++) {
            direction.append(' ').append(text.text(i));
        }
        text.write(key, SqlNames.quoted(GapFunctions.MARKER_NAME) + "(" + text.text(key));
        text.blank(endOfKey, fill + 1);
        int at = fill + 1;
        int last = fill;
        StringBuilder missing = new StringBuilder();
        for (String clause : new String[] {"FROM", "TO", "STEP"}) {
            if (text.isWord(at, clause)) {
                text.write(at, missing + ", ");
                missing.setLength(0);
                int end = endOfBound(text, at + 1);
                last = Math.max(at, end - 1);
                at = end;
            } else {
                missing.append(", NULL");
            }
        }
        text.write(last, text.text(last) + missing + ")" + direction);
    }

    private static boolean isDirection(Shorthand text, int i) {
        return text.isWord(i, "ASC")
                || text.isWord(i, "DESC")
                || ((text.isWord(i, "FIRST") || text.isWord(i, "LAST"))
                        && text.isWord(i - 1, "NULLS"))
                || (text.isWord(i, "NULLS")
                        && (text.isWord(i + 1, "FIRST") || text.isWord(i + 1, "LAST")));
    }

    /// The first token of the key of ORDER BY that ends before this one; −1 where it is none.
    private static int keyOfOrder(Shorthand text, int end) {
        int depth = 0;
        for (int i = end - 1; i > 0; i--) {
            depth -= text.depthChange(i);
            if (depth < 0) {
                return -1;
            }
            if (depth == 0 && (text.isSymbol(i, ",") || text.isWord(i, "BY"))) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int endOfBound(Shorthand text, int first) {
        int depth = 0;
        int i = first;
        while (!text.isEnd(i)) {
            depth += text.depthChange(i);
            if (depth < 0
                    || (depth == 0
                            && i > first
                            && (text.isWord(i, "TO")
                                    || text.isWord(i, "STEP")
                                    || text.isWord(i, "INTERPOLATE")
                                    || text.isSymbol(i, ",")
                                    || text.isSymbol(i, ";")
                                    || text.isWord(i, "LIMIT")
                                    || text.isWord(i, "OFFSET")
                                    || text.isWord(i, "FETCH")
                                    || text.isWord(i, "UNION")
                                    || text.isWord(i, "EXCEPT")
                                    || text.isWord(i, "INTERSECT")))) {
                // TO ends what begins with an INTERVAL only where it is no part of it: DAY TO HOUR
                // is rare, and needs parentheses.
                break;
            }
            i++;
        }
        return i;
    }

    /// `INTERPOLATE (a, b AS 0)` behind keys WITH FILL: `, "interpolate"(a, a, b, 0)`
    static void interpolate(Shorthand text, int word) {
        if (!followsFill(text, word)) {
            return;
        }
        text.write(word, ", " + SqlNames.quoted(GapSyntax.INTERPOLATE));
        if (!text.isSymbol(word + 1, "(")) {
            text.write(word, text.text(word) + "()");
            return;
        }
        int depth = 0;
        int item = word + 2;
        boolean isNamed = false;
        for (int i = word + 1; !text.isEnd(i); i++) {
            depth += text.depthChange(i);
            if (depth == 1 && text.isWord(i, "AS")) {
                text.write(i, ",");
                isNamed = true;
            } else if (depth == 0 || (depth == 1 && text.isSymbol(i, ","))) {
                if (!isNamed && i > item) {
                    StringBuilder column = new StringBuilder();
                    for (int j = item; j < i; j++) {
                        column.append(text.text(j));
                    }
                    text.write(i - 1, text.text(i - 1) + ", " + column);
                }
                isNamed = false;
                item = i + 1;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /// Whether the word stands behind a list of keys one of which is filled, and not where a value does.
    private static boolean followsFill(Shorthand text, int word) {
        if (text.isSymbol(word - 1, ",") || text.isWord(word - 1, "BY")) {
            return false;
        }
        int depth = 0;
        boolean isFilled = false;
        for (int i = word - 1; i > 0; i--) {
            depth -= text.depthChange(i);
            if (depth < 0) {
                return false;
            }
            isFilled |= depth == 0 && text.isWord(i, "FILL") && text.isWord(i - 1, "WITH");
            if (depth == 0 && text.isWord(i, "ORDER") && text.isWord(i + 1, "BY")) {
                return isFilled;
            }
        }
        return false;
    }
}
