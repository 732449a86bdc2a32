package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The type of a column in a definition, or of a cast: a name, `INTEGER[]`, `ARRAY<INTEGER>`, `STRUCT(a INTEGER, b TEXT)`, `MAP(TEXT, INTEGER)`,
/// `ENUM('a', 'b')`, or the name of a type that was created.
final class TypeParser {
    private static final int MAX_DEPTH = 32;

    private final TokenCursor cursor;
    private int depth;
    private boolean hasClosedTwice;

    TypeParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Type parse() {
        SqlToken first = cursor.peek();
        if (++depth > MAX_DEPTH) {
            throw cursor.error(
                    first,
                    ErrorCode.STATEMENT_TOO_COMPLEX,
                    "Types are nested deeper than " + MAX_DEPTH);
        }
        Type type = element();
        while (true) {
            if (cursor.takes("ARRAY")) {
                type = new Type.Array(type);
            } else if (cursor.takesSymbol("[")) {
                if (!cursor.peek().isSymbol("]")) {
                    cursor.wholeNumber("a whole number");
                }
                cursor.expectSymbol("]");
                type = new Type.Array(type);
            } else {
                depth--;
                return type;
            }
        }
    }

    /// Whether a type that begins with that word has other types in it.
    static boolean isNested(SqlToken word) {
        return word.isWord("ARRAY")
                || word.isWord("LIST")
                || word.isWord("STRUCT")
                || word.isWord("ROW")
                || word.isWord("TUPLE")
                || word.isWord("MAP");
    }

    private Type nested(SqlToken first) {
        cursor.next();
        boolean angle = cursor.takesSymbol("<");
        if (!angle) {
            cursor.expectSymbol("(");
        }
        Type type;
        if (first.isWord("MAP")) {
            Type key = parse();
            cursor.expectSymbol(",");
            type = new Type.Map(key, parse());
        } else if (first.isWord("ARRAY") || first.isWord("LIST")) {
            type = new Type.Array(parse());
        } else {
            type = struct();
        }
        close(angle);
        return type;
    }

    /// Two angles that close one behind the other are one symbol.
    private void close(boolean angle) {
        if (!angle) {
            cursor.expectSymbol(")");
        } else if (hasClosedTwice) {
            hasClosedTwice = false;
        } else if (cursor.takesSymbol(">>")) {
            hasClosedTwice = true;
        } else {
            cursor.expectSymbol(">");
        }
    }

    private Type struct() {
        List<Type.Struct.Member> members = new ArrayList<>();
        do {
            SqlToken token = cursor.peek();
            String name = cursor.name("the name of a member");
            cursor.takesSymbol(":");
            if (members.stream().anyMatch(member -> member.name().equalsIgnoreCase(name))) {
                throw cursor.error(
                        token, ErrorCode.DUPLICATE_COLUMN, "The struct has two members " + name);
            }
            members.add(new Type.Struct.Member(name, parse()));
        } while (cursor.takesSymbol(","));
        return new Type.Struct(members);
    }

    private Type element() {
        SqlToken first = cursor.peek();
        SqlToken second = cursor.peek(1);
        if (isNested(first) && (second.isSymbol("(") || second.isSymbol("<"))) {
            return nested(first);
        }
        if (first.isWord("Nullable") || first.isWord("LowCardinality")) {
            return wrapped();
        }
        boolean isInSchema =
                first.isName()
                        && first.text().equalsIgnoreCase(Catalog.DEFAULT_SCHEMA)
                        && second.isSymbol(".");
        if (isInSchema) {
            cursor.next();
            cursor.next();
            return named(cursor.peek());
        }
        if (isEnum(first) && second.isSymbol("(")) {
            cursor.next();
            return new Type.Enumeration("", labels(first));
        }
        if (first.kind() == Kind.QUOTED_NAME) {
            return named(first);
        }
        String name = cursor.name("a type");
        if (first.isWord("DOUBLE")) {
            cursor.takes("PRECISION");
        } else if (first.isWord("CHARACTER") || first.isWord("CHAR")) {
            cursor.takes("VARYING");
        }
        List<Integer> arguments = arguments();
        name = withTimeZone(name);
        if (first.isWord("INTERVAL")) {
            skipFields();
        }
        refuseModifiers(first);
        @Nullable Type type = TypeNames.find(name, arguments, cursor.position(first));
        if (type == null) {
            Type.@Nullable Enumeration created = cursor.types().find(name);
            if (created != null && !TypeNames.isTaken(name)) {
                return created;
            }
            throw unknown(first);
        }
        return type;
    }

    /// In quotes it is a type that was created, or one of ours that needs no arguments.
    private Type named(SqlToken first) {
        String name = cursor.name("a type");
        Type.@Nullable Enumeration created = cursor.types().find(name);
        @Nullable Type type =
                created != null ? created : TypeNames.find(name, List.of(), cursor.position(first));
        if (type == null) {
            throw unknown(first);
        }
        return type;
    }

    /// Whether a type that begins with that word lists its labels.
    static boolean isEnum(SqlToken word) {
        return word.isWord("ENUM") || word.isWord("ENUM8") || word.isWord("ENUM16");
    }

    /// `('a', 'b')`, or with the numbers that other databases keep: `('a' = 1, 'b' = 2)`, which must rise, since values have the order of their labels.
    private List<String> labels(SqlToken first) {
        cursor.expectSymbol("(");
        Set<String> labels = new LinkedHashSet<>();
        int last = Integer.MIN_VALUE;
        do {
            SqlToken at = cursor.peek();
            String label = cursor.string("a label in quotes, " + first.text() + "('a', 'b')");
            if (label.indexOf(0) >= 0) {
                throw cursor.error(
                        at,
                        ErrorCode.INVALID_DEFINITION,
                        "A label cannot have the character U+0000");
            }
            if (!labels.add(label)) {
                throw cursor.error(
                        at, ErrorCode.INVALID_DEFINITION, "There are two labels '" + label + "'");
            }
            if (cursor.takesSymbol("=")) {
                SqlToken number = cursor.peek();
                boolean isNegative = cursor.takesSymbol("-");
                int given = cursor.wholeNumber("a whole number");
                int place = isNegative ? -given : given;
                if (place <= last) {
                    throw cursor.notSupported(
                            number,
                            "Labels are ordered as they are listed, so their numbers must rise: "
                                    + place
                                    + " stands behind "
                                    + last);
                }
                last = place;
            }
        } while (cursor.takesSymbol(","));
        cursor.expectSymbol(")");
        return List.copyOf(labels);
    }

    private Type wrapped() {
        cursor.next();
        cursor.expectSymbol("(");
        Type type = parse();
        cursor.expectSymbol(")");
        return type;
    }

    private List<Integer> arguments() {
        List<Integer> arguments = new ArrayList<>();
        if (cursor.peek().isSymbol("(") && cursor.peek(1).kind() == Kind.NUMBER) {
            cursor.next();
            do {
                arguments.add(cursor.wholeNumber("a whole number"));
            } while (cursor.takesSymbol(","));
            cursor.expectSymbol(")");
        }
        return arguments;
    }

    /// `YEAR TO MONTH`, `DAY TO SECOND(3)`: a remark.
    private void skipFields() {
        while (cursor.sees("YEAR")
                || cursor.sees("MONTH")
                || cursor.sees("DAY")
                || cursor.sees("HOUR")
                || cursor.sees("MINUTE")
                || cursor.sees("SECOND")
                || cursor.sees("TO")) {
            cursor.next();
            arguments();
        }
    }

    private String withTimeZone(String name) {
        if (name.equalsIgnoreCase("TIMESTAMP")) {
            if (cursor.takes("WITH", "TIME", "ZONE")
                    || cursor.takes("WITH", "LOCAL", "TIME", "ZONE")) {
                return "TIMESTAMPTZ";
            }
            cursor.takes("WITHOUT", "TIME", "ZONE");
        }
        return name;
    }

    private void refuseModifiers(SqlToken first) {
        if (cursor.sees("UNSIGNED")) {
            throw cursor.notSupported(
                    first,
                    "Unsigned integers are not supported; use the next wider type, for example BIGINT");
        }
    }

    private RuntimeException unsigned(SqlToken token, String wider) {
        return cursor.notSupported(
                token,
                "Type "
                        + token.text().toUpperCase(Locale.ROOT)
                        + " is not supported; write "
                        + wider
                        + ", which holds all its values");
    }

    private RuntimeException unknown(SqlToken token) {
        String name = token.text().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "UINT8", "UTINYINT" -> unsigned(token, "SMALLINT");
            case "UINT16", "USMALLINT" -> unsigned(token, "INTEGER");
            case "UINT32", "UINTEGER" -> unsigned(token, "BIGINT");
            case "UINT64", "UBIGINT" -> unsigned(token, "DECIMAL(20, 0)");
            case "SERIAL", "BIGSERIAL" ->
                    cursor.notSupported(
                            token,
                            "Type "
                                    + name
                                    + " is not supported; there are no sequences: write UUID DEFAULT uuid(), or BIGINT and give the numbers");
            case "ENUM", "ENUM8", "ENUM16" ->
                    cursor.error(
                            token,
                            ErrorCode.SYNTAX_ERROR,
                            "An " + name + " lists its labels: " + name + "('a', 'b')");
            case "IPV4", "IPV6", "CIDR" ->
                    cursor.notSupported(
                            token,
                            "Type "
                                    + name
                                    + " is not supported; write INET, which holds addresses and networks of both versions");
            default ->
                    cursor.error(
                            token,
                            ErrorCode.UNDEFINED_OBJECT,
                            "There is no type "
                                    + token.text()
                                    + (name.startsWith("REG")
                                            ? "; objects are known by their names: leave the cast out"
                                            : ""));
        };
    }
}
