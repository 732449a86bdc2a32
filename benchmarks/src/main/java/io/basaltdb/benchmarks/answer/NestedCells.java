package io.basaltdb.benchmarks.answer;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBArray;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// Nested values of DuckDB's driver as the text that Basalt gives for them, so that both can be compared; those of Basalt's driver are that text.
final class NestedCells {
    private static final String SPECIAL = "\"'(),:=[]{}\\";

    private NestedCells() {}

    static boolean isNested(@Nullable Object value) {
        return value instanceof Array || value instanceof Map<?, ?> || value instanceof Struct;
    }

    static String text(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> "NULL";
            case DuckDBArray array -> list((Object[]) array.getArray());
            case Array array -> array.toString();
            case Object[] elements -> list(elements);
            case DuckDBStruct struct -> {
                List<String> members = new ArrayList<>();
                for (Map.Entry<String, Object> member : struct.getMap().entrySet()) {
                    members.add(quoted(member.getKey()) + ": " + text(member.getValue()));
                }
                yield "{" + String.join(", ", members) + "}";
            }
            case Map<?, ?> map -> {
                List<String> entries = new ArrayList<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    entries.add(text(entry.getKey()) + "=" + text(entry.getValue()));
                }
                yield "{" + String.join(", ", entries) + "}";
            }
            case Struct struct -> struct.toString();
            default -> needsQuotes(value) ? quoted(value.toString()) : value.toString();
        };
    }

    private static String list(Object[] elements) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            texts.add(text(element));
        }
        return "[" + String.join(", ", texts) + "]";
    }

    private static boolean needsQuotes(Object value) {
        String text = value.toString();
        return text.isEmpty()
                || text.equalsIgnoreCase("NULL")
                || text.startsWith(" ")
                || text.endsWith(" ")
                || text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
