package io.basaltdb.query.sql;

/// Writes DISTINCT ON, LIMIT … BY and WITH TIES as the calls that [ChosenRows] takes out of the tree again.
final class ChosenRowsShorthand {
    private ChosenRowsShorthand() {}

    /// `DISTINCT ON (a, b) c`: `"distinct on"(a, b), c`
    static void distinctOn(Shorthand text, int distinct) {
        if (!text.isWord(distinct + 1, "ON") || !text.isSymbol(distinct + 2, "(")) {
            return;
        }
        int depth = 0;
        for (int i = distinct + 2; !text.isEnd(i); i++) {
            depth += text.depthChange(i);
            if (depth == 0) {
                text.write(distinct, SqlNames.quoted(ChosenRows.DISTINCT_ON));
                text.write(distinct + 1, "");
                text.write(i, "),");
                return;
            }
        }
    }

    /// `ORDER BY o LIMIT 2 OFFSET 1 BY a, b`: `ORDER BY o, "limit by"(1, 2, a, b)`
    static void limitBy(Shorthand text, int limit) {
        String skipped = "0, ";
        int by;
        if (text.isSymbol(limit + 2, ",")) {
            skipped = "";
            by = limit + 4;
        } else if (text.isWord(limit + 2, "OFFSET")) {
            by = limit + 4;
        } else {
            by = limit + 2;
        }
        if (!text.isWord(by, "BY") || text.isEnd(by + 1)) {
            return;
        }
        if (text.isWord(limit + 2, "OFFSET")) {
            skipped = text.text(limit + 3) + ", ";
            text.write(limit + 2, "");
            text.write(limit + 3, "");
        }
        String begin = orderBy(text, limit) >= 0 ? ", " : "ORDER BY ";
        text.write(limit, begin + SqlNames.quoted(ChosenRows.LIMIT_BY) + "(" + skipped);
        text.write(by, ",");
        int last = lastOfList(text, by + 1);
        text.write(last, text.text(last) + ")");
    }

    private static int lastOfList(Shorthand text, int first) {
        int depth = 0;
        int last = first;
        for (int i = first; !text.isEnd(i); i++) {
            depth += text.depthChange(i);
            if (depth < 0 || (depth == 0 && endsList(text, i))) {
                break;
            }
            last = i;
        }
        return last;
    }

    private static boolean endsList(Shorthand text, int i) {
        return text.isSymbol(i, ";")
                || text.isWord(i, "LIMIT")
                || text.isWord(i, "OFFSET")
                || text.isWord(i, "FETCH")
                || text.isWord(i, "UNION")
                || text.isWord(i, "EXCEPT")
                || text.isWord(i, "INTERSECT");
    }

    /// `ORDER BY o LIMIT 2 WITH TIES`, `… FETCH FIRST 2 ROWS WITH TIES`: `ORDER BY "with ties"(), o LIMIT 2`
    static void withTies(Shorthand text, int ties) {
        if (!text.isWord(ties - 1, "WITH")) {
            return;
        }
        int order = orderBy(text, ties - 1);
        if (order < 0) {
            return;
        }
        boolean fetch = text.isWord(ties - 2, "ROW") || text.isWord(ties - 2, "ROWS");
        text.write(order + 1, "BY " + SqlNames.quoted(ChosenRows.WITH_TIES) + "(), ");
        text.write(ties - 1, "");
        text.write(ties, fetch ? "ONLY" : "");
    }

    /// The ORDER of the query that the token belongs to; −1 where it has none.
    private static int orderBy(Shorthand text, int before) {
        int depth = 0;
        for (int i = before - 1; i >= 0; i--) {
            depth -= text.depthChange(i);
            if (depth < 0 || (depth == 0 && text.isWord(i, "SELECT"))) {
                return -1;
            }
            if (depth == 0 && text.isWord(i, "ORDER") && text.isWord(i + 1, "BY")) {
                return i;
            }
        }
        return -1;
    }
}
