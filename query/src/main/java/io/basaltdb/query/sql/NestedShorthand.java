package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.stream.Collectors;

/// Brackets and braces of nested values and their types, which the grammar does not know.
///
/// - `[1, 2]`, `ARRAY[1, 2]`: `"list_value"(1, 2)`
/// - `{'a': 1, b: 2}`: `"struct {}"('a', 1, 'b', 2)`, which [NestedCalls] understands
/// - `MAP {'a': 1}`, `MAP['a', 1]`: `"map_value"('a', 1)`
/// - `x[1:2]`, `x[:2]`: `x["slice bounds"(1, 2)]`, `x["slice bounds"(NULL, 2)]`, which [NestedCalls] understands as well
/// - `x::INTEGER[]`, `CAST(x AS MAP(TEXT, INTEGER))`: the type in the grammar's words, `INTEGER ARRAY`, `MAP<VARCHAR, INTEGER>`
/// - `x::ENUM('a', 'b')`, `x::mood[]`: a name that [CastOperator] reads as the text of a type
/// - `x::DATETIME`: `x::TIMESTAMP`
/// - `'1 day'::INTERVAL`: `INTERVAL '1 day'`, where one number or several have units of one family; else, as `CAST(x AS INTERVAL)`, the stored type, `"interval"`
final class NestedShorthand {
    private NestedShorthand() {}

    /// Writes out what the symbol begins; false where it begins nothing nested.
    static boolean symbol(Shorthand text, int i, String symbol) {
        return switch (symbol) {
            case "[" -> bracket(text, i);
            case "{" -> brace(text, i);
            case "::" -> interval(text, i) || type(text, i + 1);
            default -> false;
        };
    }

    /// `'1 day'::INTERVAL` as `INTERVAL '1 day'`.
    private static boolean interval(Shorthand text, int cast) {
        if (cast == 0
                || text.kind(cast - 1) != Kind.STRING
                || !text.isWord(cast + 1, "INTERVAL")
                || text.isSymbol(cast + 2, "[")
                || !isOfOneFamily(text.tokens().get(cast - 1).text())) {
            return false;
        }
        text.write(cast - 1, "INTERVAL " + text.text(cast - 1));
        text.write(cast, "");
        text.write(cast + 1, "");
        return true;
    }

    /// Whether the text is a list of whole numbers with units, all of them years and months, or none.
    private static boolean isOfOneFamily(String text) {
        String units = "(\\s*-?\\d+\\s*(%s)s?)+\\s*";
        return text.matches("(?i)" + units.formatted("year|month|mon|quarter|decade"))
                || text.matches(
                        "(?i)"
                                + units.formatted(
                                        "week|day|hour|minute|min|second|sec|millisecond|microsecond"));
    }

    private static boolean bracket(Shorthand text, int open) {
        int close = close(text, open);
        if (close < 0) {
            return false;
        }
        if (text.isWord(open - 1, "ARRAY") || text.isWord(open - 1, "MAP")) {
            boolean isMap = text.isWord(open - 1, "MAP");
            text.write(open - 1, SqlNames.quoted(isMap ? "map_value" : "list_value"));
            text.write(open, "(");
            text.write(close, ")");
            return true;
        }
        if (!endsOperand(text, open - 1)) {
            if (LambdaShorthand.comprehension(text, open, close)) {
                return true;
            }
            text.write(open, SqlNames.quoted("list_value") + "(");
            text.write(close, ")");
            return true;
        }
        int colon = colon(text, open, close);
        if (colon < 0) {
            return false;
        }
        text.write(
                open,
                "[ "
                        + SqlNames.quoted(NestedCalls.SLICE)
                        + "("
                        + (colon == open + 1 ? "NULL" : ""));
        text.write(colon, ",");
        text.write(close, (colon == close - 1 ? "NULL" : "") + ") ]");
        return true;
    }

    private static boolean endsOperand(Shorthand text, int i) {
        return i >= 0
                && (text.endsOperand(i)
                        || text.isSymbol(i, "]")
                        || text.isSymbol(i, "}")
                        || text.tokens().get(i).kind() == Kind.STRING
                        || text.tokens().get(i).kind() == Kind.PARAMETER);
    }

    private static boolean brace(Shorthand text, int open) {
        int close = close(text, open);
        if (close < 0) {
            return false;
        }
        boolean isMap = text.isWord(open - 1, "MAP");
        if (!isMap && !isKey(text, open + 1)) {
            return false;
        }
        if (!isMap && isForeignParameter(text, open, close)) {
            String name = text.tokens().get(open + 1).text();
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "A parameter has its name alone: write :%s, or CAST(:%s AS …), for {%s:%s}"
                            .formatted(name, name, name, text.tokens().get(open + 3).text()));
        }
        text.write(
                isMap ? open - 1 : open,
                SqlNames.quoted(isMap ? "map_value" : NestedCalls.STRUCT) + (isMap ? "" : "("));
        if (isMap) {
            text.write(open, "(");
        }
        text.write(close, ")");
        int depth = 0;
        for (int i = open + 1; i < close; i++) {
            depth += text.depthChange(i);
            if (depth == 0 && text.isSymbol(i, ":")) {
                text.write(i, ",");
                if (!isMap && isKey(text, i - 1)) {
                    String name = text.tokens().get(i - 1).text();
                    text.write(i - 1, "'" + name.replace("'", "''") + "'");
                }
            }
        }
        return true;
    }

    /// ClickHouse's `{name:UInt8}`, written without blanks.
    private static boolean isForeignParameter(Shorthand text, int open, int close) {
        return close == open + 4
                && text.tokens().get(open + 1).kind() == Kind.WORD
                && text.tokens().get(open + 3).kind() == Kind.WORD
                && text.tokens().get(open + 1).end() == text.tokens().get(open + 2).start()
                && text.tokens().get(open + 2).end() == text.tokens().get(open + 3).start()
                && text.tokens()
                        .get(open + 3)
                        .text()
                        .matches("U?Int(8|16|32|64)|Float(32|64)|String|Date(Time)?");
    }

    /// Whether the name of a member stands here.
    private static boolean isKey(Shorthand text, int i) {
        return switch (text.tokens().get(i).kind()) {
            case WORD, QUOTED_NAME, STRING -> text.isSymbol(i + 1, ":");
            case NUMBER, PARAMETER, SYMBOL, END -> false;
        };
    }

    /// The colon of a slice; -1 where there is none.
    private static int colon(Shorthand text, int open, int close) {
        int depth = 0;
        for (int i = open + 1; i < close; i++) {
            depth += text.depthChange(i);
            if (depth == 0 && text.isSymbol(i, ":")) {
                return i;
            }
        }
        return -1;
    }

    /// What closes what opens here; -1 where nothing does.
    static int close(Shorthand text, int open) {
        int depth = 0;
        for (int i = open; !text.isEnd(i); i++) {
            depth += text.depthChange(i);
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /// The type behind AS, where that belongs to a cast.
    static void castType(Shorthand text, int as) {
        int depth = 0;
        for (int i = as - 1; i > 0; i--) {
            depth += text.depthChange(i);
            if (depth > 0) {
                if (text.isWord(i - 1, "CAST")
                        || text.isWord(i - 1, "TRY_CAST")
                        || text.isWord(i - 1, "SAFE_CAST")) {
                    type(text, as + 1);
                }
                return;
            }
        }
    }

    /// Writes a nested type in the words of the grammar; false where none begins here.
    private static boolean type(Shorthand text, int first) {
        if (text.isWord(first, "DATETIME")) {
            text.write(first, "TIMESTAMP"); // a keyword of the grammar, and no type
            return false;
        }
        if (text.isWord(first, "INTERVAL")
                && !text.isSymbol(first + 1, "[")
                && !text.isWord(first + 1, "ARRAY")
                && !isUnit(text, first + 1)) {
            text.write(first, SqlNames.quoted("interval"));
            return false;
        }
        boolean isEnum =
                !text.isEnd(first)
                        && TypeParser.isEnum(text.tokens().get(first))
                        && text.isSymbol(first + 1, "(");
        if (!isEnum && !mayBeNested(text, first)) {
            return false;
        }
        List<SqlToken> tokens = text.tokens();
        TokenCursor cursor =
                new TokenCursor(
                        text.source(), tokens.subList(first, tokens.size()), NamedTypes.ANY);
        Type type = new TypeParser(cursor).parse();
        boolean hasOwnName = hasOwnName(type);
        if (!hasOwnName && !(type instanceof Type.Nested)) {
            return false;
        }
        int end = cursor.endOfLast();
        text.write(
                first,
                hasOwnName ? SqlNames.quoted(CastOperator.WRITTEN + type.sql()) : inGrammar(type));
        for (int i = first + 1; tokens.get(i).end() <= end && !text.isEnd(i); i++) {
            text.write(i, "");
        }
        return true;
    }

    private static boolean hasOwnName(Type type) {
        return switch (type) {
            case Type.Enumeration _, Type.Inet _ -> true;
            case Type.Array(Type element) -> hasOwnName(element);
            case Type.Map(Type key, Type value) -> hasOwnName(key) || hasOwnName(value);
            case Type.Struct(List<Type.Struct.Member> members) ->
                    members.stream().anyMatch(member -> hasOwnName(member.type()));
            default -> false;
        };
    }

    /// Without reading it: a word that only begins such types, or brackets behind a name, its arguments and the words of a time zone.
    private static boolean mayBeNested(Shorthand text, int first) {
        if (text.isEnd(first)) {
            return false;
        }
        boolean opens = text.isSymbol(first + 1, "(") || text.isSymbol(first + 1, "<");
        if (TypeParser.isNested(text.tokens().get(first)) && opens) {
            return true;
        }
        int i = first + 1;
        if (text.isSymbol(i, "(")) {
            int close = close(text, i);
            i = close < 0 ? i : close + 1;
        }
        while (text.isWord(i, "PRECISION")
                || text.isWord(i, "VARYING")
                || text.isWord(i, "WITH")
                || text.isWord(i, "WITHOUT")
                || text.isWord(i, "TIME")
                || text.isWord(i, "ZONE")) {
            i++;
        }
        return text.isWord(i, "ARRAY")
                || (text.isSymbol(i, "[")
                        && (text.isSymbol(i + 1, "]") || text.isSymbol(i + 2, "]")));
    }

    private static boolean isUnit(Shorthand text, int i) {
        return text.isWord(i, "YEAR")
                || text.isWord(i, "MONTH")
                || text.isWord(i, "DAY")
                || text.isWord(i, "HOUR")
                || text.isWord(i, "MINUTE")
                || text.isWord(i, "SECOND");
    }

    private static String inGrammar(Type type) {
        return switch (type) {
            case Type.Array(Type element) -> inGrammar(element) + " ARRAY";
            case Type.Map(Type key, Type value) ->
                    "MAP< " + inGrammar(key) + ", " + inGrammar(value) + " >";
            case Type.Struct(List<Type.Struct.Member> members) ->
                    members.stream()
                            .map(member ->
                                    SqlNames.quoted(member.name()) + " " + inGrammar(member.type()))
                            .collect(Collectors.joining(", ", "ROW(", ")"));
            case Type.Text _ -> "VARCHAR";
            case Type.CalendarInterval _ -> SqlNames.quoted("interval");
            case Type.TimestampTz(int precision) ->
                    "TIMESTAMP(" + precision + ") WITH LOCAL TIME ZONE";
            default -> type.sql();
        };
    }
}
