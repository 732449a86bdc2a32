package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Lists of options: `(FORMAT csv, HEADER false, DELIMITER '|')` and `(durability = 'commit')`.
final class OptionParser {
    private final TokenCursor cursor;

    OptionParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /// Names in lower case; a name without value means `true`.
    Map<String, String> inParentheses() {
        cursor.expectSymbol("(");
        Map<String, String> options = new LinkedHashMap<>();
        if (!cursor.takesSymbol(")")) {
            do {
                addOption(options);
            } while (cursor.takesSymbol(","));
            cursor.expectSymbol(")");
        }
        return options;
    }

    /// `name = value, name = value` without parentheses.
    Map<String, String> bare() {
        Map<String, String> options = new LinkedHashMap<>();
        do {
            addOption(options);
        } while (cursor.takesSymbol(","));
        return options;
    }

    private void addOption(Map<String, String> options) {
        SqlToken token = cursor.peek();
        String name = cursor.name("the name of an option").toLowerCase(Locale.ROOT);
        boolean equals = cursor.takesSymbol("=");
        boolean hasValue =
                equals
                        || !(cursor.peek().isSymbol(",")
                                || cursor.peek().isSymbol(")")
                                || cursor.atEnd());
        if (options.put(name, hasValue ? value() : "true") != null) {
            throw cursor.error(
                    token,
                    io.basaltdb.storage.error.ErrorCode.SYNTAX_ERROR,
                    "Option " + name + " is given twice");
        }
    }

    /// One value as text: a string's content, a word, or a number with its sign.
    String value() {
        String sign = "";
        if (cursor.takesSymbol("-")) {
            sign = "-";
        } else {
            cursor.takesSymbol("+");
        }
        SqlToken token = cursor.peek();
        boolean fits =
                switch (token.kind()) {
                    case NUMBER -> true;
                    case STRING, WORD, QUOTED_NAME -> sign.isEmpty();
                    case PARAMETER, SYMBOL, END -> false;
                };
        if (!fits) {
            throw cursor.unexpected("a value");
        }
        cursor.next();
        return token.kind() == Kind.NUMBER ? sign + token.text().replace("_", "") : token.text();
    }

    static boolean isTrue(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1", "yes" -> true;
            default -> false;
        };
    }
}
