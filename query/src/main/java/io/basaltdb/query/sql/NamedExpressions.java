package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;

/// ClickHouse's `WITH 5 AS x, (SELECT max(a) FROM t) AS m SELECT x`: the expression in the place of its name, wherever that stands alone in the query.
final class NamedExpressions {
    private NamedExpressions() {}

    /// Writes out the named expressions among what WITH names.
    static void with(Shorthand text, int with) {
        if (text.isWord(with + 1, "RECURSIVE")) {
            return;
        }
        int lastComma = -1;
        boolean keeps = false;
        boolean keptLast = false;
        int at = with + 1;
        while (true) {
            int as = as(text, at);
            if (as < 0) {
                return;
            }
            boolean named = isName(text, as + 1);
            int behind = named ? as + 2 : behindQuery(text, as + 1);
            if (behind < 0) {
                return;
            }
            boolean more = text.isSymbol(behind, ",");
            if (named) {
                substitute(text, at, as, more ? behind + 1 : behind);
                text.blank(at, behind);
                if (more) {
                    text.write(behind, "");
                }
            } else {
                keeps = true;
                lastComma = more ? behind : -1;
            }
            keptLast = !named;
            if (!more) {
                break;
            }
            at = behind + 1;
        }
        if (!keeps) {
            text.write(with, "");
        } else if (!keptLast && lastComma >= 0) {
            text.write(lastComma, "");
        }
    }

    /// The AS of the item that begins at `first`; −1 where there is none.
    private static int as(Shorthand text, int first) {
        int depth = 0;
        for (int i = first; !text.isEnd(i); i++) {
            depth += text.depthChange(i);
            if (depth < 0 || (depth == 0 && (text.isWord(i, "SELECT") || text.isSymbol(i, ";")))) {
                return -1;
            }
            if (depth == 0 && text.isWord(i, "AS")) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isName(Shorthand text, int i) {
        return (text.kind(i) == Kind.WORD || text.kind(i) == Kind.QUOTED_NAME)
                && !text.isWord(i, "MATERIALIZED")
                && !text.isWord(i, "NOT");
    }

    /// Behind the query in parentheses; −1 where there is none.
    private static int behindQuery(Shorthand text, int first) {
        int open = first;
        while (text.isWord(open, "NOT") || text.isWord(open, "MATERIALIZED")) {
            open++;
        }
        if (!text.isSymbol(open, "(")) {
            return -1;
        }
        int depth = 0;
        for (int i = open; !text.isEnd(i); i++) {
            depth += text.depthChange(i);
            if (depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /// Writes the expression between `first` and `as` for its name, from `from` to the end of the query.
    private static void substitute(Shorthand text, int first, int as, int from) {
        String name = text.text(as + 1);
        String expression = "(" + text.writtenOut(first, as) + ")";
        int depth = 0;
        for (int i = from; !text.isEnd(i); i++) {
            depth += text.depthChange(i);
            if (depth < 0) {
                return;
            }
            boolean alone =
                    text.kind(i) == text.kind(as + 1)
                            && text.text(i).equalsIgnoreCase(name)
                            && !text.isSymbol(i - 1, ".")
                            && !text.isSymbol(i + 1, ".")
                            && !text.isSymbol(i + 1, "(")
                            && !text.isWord(i - 1, "AS");
            if (alone) {
                text.write(i, expression + (isItem(text, i) ? " AS " + name : ""));
            }
        }
    }

    /// Whether the token stands in a select list, in no parentheses of it.
    private static boolean isInSelectList(Shorthand text, int at) {
        int depth = 0;
        for (int i = at - 1; i >= 0 && depth >= 0; i--) {
            depth -= text.depthChange(i);
            if (depth == 0 && text.isWord(i, "SELECT")) {
                return true;
            }
            if (depth == 0 && text.isWord(i, "FROM")) {
                return false;
            }
        }
        return false;
    }

    /// Whether the name is an item of a select list by itself, and so is that of the column.
    private static boolean isItem(Shorthand text, int i) {
        boolean begins =
                text.isWord(i - 1, "SELECT")
                        || text.isWord(i - 1, "DISTINCT")
                        || (text.isSymbol(i - 1, ",") && isInSelectList(text, i));
        boolean ends =
                text.isEnd(i + 1)
                        || text.isSymbol(i + 1, ",")
                        || text.isSymbol(i + 1, ")")
                        || text.isSymbol(i + 1, ";")
                        || text.isWord(i + 1, "FROM")
                        || text.isWord(i + 1, "WHERE")
                        || text.isWord(i + 1, "ORDER")
                        || text.isWord(i + 1, "LIMIT")
                        || text.isWord(i + 1, "UNION");
        return begins && ends;
    }
}
