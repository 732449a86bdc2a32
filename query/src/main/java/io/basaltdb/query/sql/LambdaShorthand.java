package io.basaltdb.query.sql;

/// Lambdas where the grammar has no words for them, or takes them for something else.
///
/// - `lambda x, y: x + y`: `(x, y) -> x + y`
/// - `x -> 'a'`, an argument of a function that takes lambdas: as it stands, and no place in JSON
/// - `filter(l, x -> …)`, `exists(l, x -> …)`: the name in quotes
/// - `[x + 1 for x in l if x > 0]`: `"list comprehension"(x + 1, "lambda names"(x), l, x > 0)`, which [LambdaCalls] understands
final class LambdaShorthand {
    private LambdaShorthand() {}

    static void keyword(Shorthand text, int lambda) {
        int i = lambda + 1;
        while (isName(text, i) && text.isSymbol(i + 1, ",")) {
            i += 2;
        }
        if (isName(text, i) && text.isSymbol(i + 1, ":")) {
            text.write(lambda, "(");
            text.write(i + 1, ") ->");
        }
    }

    private static boolean isName(Shorthand text, int i) {
        return !text.isEnd(i) && text.isPlainName(i);
    }

    /// Whether the `->` stands behind the parameters of a lambda that is an argument.
    static boolean isArrow(Shorthand text, int arrow) {
        int first = arrow - 1;
        if (text.isSymbol(first, ")")) {
            do {
                first--;
            } while (first > 0 && (isName(text, first) || text.isSymbol(first, ",")));
            if (!text.isSymbol(first, "(")) {
                return false;
            }
        } else if (first < 0 || !isName(text, first)) {
            return false;
        }
        if (!text.isSymbol(first - 1, "(") && !text.isSymbol(first - 1, ",")) {
            return false;
        }
        int depth = 0;
        for (int i = first - 1; i > 0; i--) {
            depth += text.depthChange(i);
            if (depth > 0) {
                return text.tokens().get(i - 1).isName()
                        && LambdaCalls.areTakenBy(text.tokens().get(i - 1).text());
            }
        }
        return false;
    }

    /// A reserved word that is the name of a function where one of the arguments is a lambda.
    static void name(Shorthand text, int name) {
        if (!text.isSymbol(name + 1, "(")) {
            return;
        }
        int close = NestedShorthand.close(text, name + 1);
        int depth = 0;
        for (int i = name + 1; i < close; i++) {
            depth += text.depthChange(i);
            boolean isLambda =
                    text.isWord(i, "LAMBDA") || (text.isSymbol(i, "->") && isArrow(text, i));
            if (depth == 1 && isLambda) {
                text.write(name, SqlNames.quoted(text.tokens().get(name).text()));
                return;
            }
        }
    }

    static boolean comprehension(Shorthand text, int open, int close) {
        int loop = word(text, open, close, "FOR");
        int names = word(text, loop, close, "IN");
        if (loop < 0 || names < 0) {
            return false;
        }
        int condition = word(text, names, close, "IF");
        text.write(open, SqlNames.quoted(LambdaCalls.COMPREHENSION) + "(");
        text.write(loop, ", " + SqlNames.quoted(LambdaCalls.NAMES) + "(");
        text.write(names, "),");
        if (condition > 0) {
            text.write(condition, ",");
        }
        text.write(close, ")");
        return true;
    }

    /// The word between the brackets, behind that token; -1 where it does not stand there.
    private static int word(Shorthand text, int behind, int close, String word) {
        int depth = 0;
        for (int i = behind + 1; behind >= 0 && i < close; i++) {
            depth += text.depthChange(i);
            if (depth == 0 && text.isWord(i, word)) {
                return i;
            }
        }
        return -1;
    }
}
