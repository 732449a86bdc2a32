package io.basaltdb.embedded.fake;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Answers the statements over `information_schema` that catalog questions become.
final class FakeCatalog {
    private FakeCatalog() {}

    static Result answer(FakeDatabase database, String sql, List<Session.Parameter> parameters) {
        List<String> columns =
                List.of(sql.substring("SELECT ".length(), sql.indexOf(" FROM ")).split(",\\s*"));
        List<Field> fields = new ArrayList<>();
        for (String column : columns) {
            boolean isNumber = column.equals("ordinal_position");
            String name = column.substring(column.lastIndexOf(' ') + 1); // behind AS
            fields.add(new Field(name, isNumber ? Type.INTEGER : Type.TEXT, true));
        }
        List<List<Value>> rows = new ArrayList<>();
        for (Map<String, Value> row : rows(database, sql)) {
            if (matches(row, sql, parameters)) {
                rows.add(columns.stream().map(column -> row.get(column.split(" ", 2)[0])).toList());
            }
        }
        return FakeResult.rows(database, new Schema(fields), rows);
    }

    private static List<Map<String, Value>> rows(FakeDatabase database, String sql) {
        List<Map<String, Value>> rows = new ArrayList<>();
        if (sql.contains(".schemata")) {
            for (String schema : List.of("information_schema", "main", "system")) {
                rows.add(Map.of("schema_name", Value.of(schema)));
            }
            return rows;
        }
        new TreeMap<>(database.tables())
                .forEach((name, table) -> {
                    if (sql.contains(".tables")) {
                        rows.add(tableRow(name));
                        return;
                    }
                    for (int i = 0; i < table.schema().size(); i++) {
                        rows.add(columnRow(name, table.schema().field(i), i));
                    }
                });
        return rows;
    }

    private static Map<String, Value> tableRow(String name) {
        return Map.of(
                "table_schema", Value.of("main"),
                "table_name", Value.of(name),
                "table_type", Value.of("BASE TABLE"),
                "table_comment", Value.NULL);
    }

    private static Map<String, Value> columnRow(String table, Field field, int index) {
        return Map.of(
                "table_schema", Value.of("main"),
                "table_name", Value.of(table),
                "column_name", Value.of(field.name()),
                "ordinal_position", Value.of(index + 1L),
                "column_default", Value.NULL,
                "is_nullable", Value.of(field.nullable() ? "YES" : "NO"),
                "data_type", Value.of(field.type().sql()),
                "is_generated", Value.of("NEVER"),
                "column_comment", Value.NULL);
    }

    private static boolean matches(
            Map<String, Value> row, String sql, List<Session.Parameter> parameters) {
        int where = sql.indexOf(" WHERE ");
        if (where < 0) {
            return true;
        }
        String[] conditions = sql.substring(where + 7, sql.indexOf(" ORDER BY")).split(" AND ");
        for (int i = 0; i < conditions.length; i++) {
            String column = conditions[i].substring(0, conditions[i].indexOf(' '));
            String pattern = text(parameters.get(i).value());
            if (!like(text(row.get(column)), pattern)) {
                return false;
            }
        }
        return true;
    }

    private static String text(Value value) {
        return new String(((Value.Bytes) value).value(), StandardCharsets.UTF_8);
    }

    private static boolean like(String text, String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
}
