package io.basaltdb.query.sql;

/// A token of SQL text.
///
/// @param kind what it is
/// @param start offset of its first character in the text
/// @param end offset behind its last character
/// @param text what it means: the word, the name without quotes, the string without quotes, the number or symbol as written
public record SqlToken(Kind kind, int start, int end, String text) {

    /// The closed list of tokens.
    public enum Kind {
        /// A name or keyword without quotes.
        WORD,
        /// A name in double quotes or backticks.
        QUOTED_NAME,
        /// A text in single quotes or between dollar signs.
        STRING,
        NUMBER,
        /// `?`, `$1` or `:name`.
        PARAMETER,
        SYMBOL,
        /// Behind the last character.
        END
    }

    public boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /// How a message calls it.
    String described(String source) {
        return kind == Kind.END
                ? "the end of the statement"
                : "\"" + clipped(source.substring(start, end)) + "\"";
    }

    private static String clipped(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /// Whether it begins what [#closes] ends: parentheses, brackets, braces.
    boolean opens() {
        return isSymbol("(") || isSymbol("[") || isSymbol("{");
    }

    boolean closes() {
        return isSymbol(")") || isSymbol("]") || isSymbol("}");
    }
}
