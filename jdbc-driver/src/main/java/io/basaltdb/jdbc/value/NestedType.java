package io.basaltdb.jdbc.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a list, struct or map is made of, by the name of its type: `INTEGER[]`, `STRUCT(a INTEGER, "b c" TEXT)`, `MAP(TEXT, DOUBLE)`; or a type that
/// has nothing in it.
public final class NestedType {
    /// What kind of values there are.
    public enum Kind {
        PLAIN,
        LIST,
        MAP,
        STRUCT
    }

    private static final String STRUCT = "STRUCT(";
    private static final String MAP = "MAP(";

    private final Kind kind;
    private final String sql;
    private final List<NestedType> parts;
    private final List<String> names;

    private NestedType(Kind kind, String sql, List<NestedType> parts, List<String> names) {
        this.kind = kind;
        this.sql = sql;
        this.parts = parts;
        this.names = names;
    }

    /// Whether the name is that of a type with values in it.
    static boolean isNested(String sql) {
        String upper = sql.toUpperCase(Locale.ROOT);
        return upper.endsWith("]") || upper.startsWith(STRUCT) || upper.startsWith(MAP);
    }

    /// @throws ConversionException where the name is none that the database writes
    public static NestedType of(String sql) {
        Parser parser = new Parser(sql);
        NestedType type = parser.type();
        if (parser.at != sql.length()) {
            throw ConversionException.unreadable(sql, "name of a type");
        }
        return type;
    }

    public Kind kind() {
        return kind;
    }

    /// The name of the type.
    public String sql() {
        return sql;
    }

    /// The elements' type; a map's keys and values; the members of a struct.
    public List<NestedType> parts() {
        return parts;
    }

    /// Of the members of a struct.
    public List<String> names() {
        return names;
    }

    /// What JDBC wants to know of it.
    public SqlType sqlType() {
        return SqlType.named(sql);
    }

    private static final class Parser {
        private final String sql;
        private int at;

        Parser(String sql) {
            this.sql = sql;
        }

        NestedType type() {
            int start = at;
            NestedType type;
            if (takes(STRUCT)) {
                type = struct(start);
            } else if (takes(MAP)) {
                NestedType key = type();
                expect(", ");
                NestedType value = type();
                expect(")");
                type = of(Kind.MAP, start, List.of(key, value), List.of());
            } else {
                skipPlain();
                type = of(Kind.PLAIN, start, List.of(), List.of());
            }
            while (takes("[]")) {
                type = of(Kind.LIST, start, List.of(type), List.of());
            }
            return type;
        }

        private NestedType of(Kind kind, int start, List<NestedType> parts, List<String> names) {
            return new NestedType(kind, sql.substring(start, at), parts, names);
        }

        private NestedType struct(int start) {
            List<NestedType> parts = new ArrayList<>();
            List<String> names = new ArrayList<>();
            do {
                names.add(name());
                expect(" ");
                parts.add(type());
            } while (takes(", "));
            expect(")");
            return of(Kind.STRUCT, start, parts, names);
        }

        private String name() {
            int start = at;
            if (!takes("\"")) {
                while (at < sql.length() && sql.charAt(at) != ' ') {
                    at++;
                }
                return sql.substring(start, at);
            }
            StringBuilder name = new StringBuilder();
            while (at < sql.length()) {
                char c = sql.charAt(at++);
                if (c == '"' && !takes("\"")) {
                    return name.toString();
                }
                name.append(c);
            }
            throw ConversionException.unreadable(sql, "name of a type");
        }

        /// Up to what cannot belong to the name of a plain type: it may have digits or labels in parentheses, or stand in quotes.
        private void skipPlain() {
            int depth = 0;
            char quote = 0;
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (quote != 0 || c == '\'' || c == '"') {
                    quote = quote == 0 ? c : c == quote ? 0 : quote;
                    at++;
                    continue;
                }
                if (depth == 0 && (c == ',' || c == ')' || c == '[')) {
                    return;
                }
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            }
        }

        private boolean takes(String text) {
            boolean stands = sql.regionMatches(true, at, text, 0, text.length());
            at += stands ? text.length() : 0;
            return stands;
        }

        private void expect(String text) {
            if (!takes(text)) {
                throw ConversionException.unreadable(sql, "name of a type");
            }
        }
    }
}
