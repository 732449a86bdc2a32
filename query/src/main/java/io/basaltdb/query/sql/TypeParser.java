package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The type of a column in a definition.
final class TypeParser {
    private final TokenCursor cursor;

    TypeParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Type parse() {
        SqlToken first = cursor.peek();
        if (first.isWord("Nullable") || first.isWord("LowCardinality")) {
            return wrapped();
        }
        String name = cursor.name("a type");
        if (first.isWord("DOUBLE")) {
            cursor.takes("PRECISION");
        } else if (first.isWord("CHARACTER") || first.isWord("CHAR")) {
            cursor.takes("VARYING");
        }
        List<Integer> arguments = arguments();
        name = withTimeZone(name);
        refuseModifiers(first);
        @Nullable Type type = TypeNames.find(name, arguments, cursor.position(first));
        if (type == null) {
            throw unknown(first);
        }
        return type;
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
        if (cursor.sees("ARRAY") || cursor.peek().isSymbol("[")) {
            throw cursor.notSupported(
                    first, "Arrays are not supported as columns; use one row per element or TEXT");
        }
        if (cursor.sees("UNSIGNED")) {
            throw cursor.notSupported(
                    first,
                    "Unsigned integers are not supported; use the next wider type, for example BIGINT");
        }
    }

    private RuntimeException unknown(SqlToken token) {
        String name = token.text().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "INTERVAL",
                    "ARRAY",
                    "MAP",
                    "STRUCT",
                    "ROW",
                    "TUPLE",
                    "ENUM",
                    "IPV4",
                    "IPV6",
                    "UINT8",
                    "UINT16",
                    "UINT32",
                    "UINT64",
                    "UBIGINT",
                    "UINTEGER",
                    "USMALLINT",
                    "UTINYINT",
                    "SERIAL",
                    "BIGSERIAL" ->
                    cursor.notSupported(
                            token,
                            "Type "
                                    + name
                                    + " is not supported; there are BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL,"
                                    + " DOUBLE, DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, TEXT,"
                                    + " VARBINARY, UUID and JSON");
            default ->
                    cursor.error(
                            token, ErrorCode.UNDEFINED_OBJECT, "There is no type " + token.text());
        };
    }
}
