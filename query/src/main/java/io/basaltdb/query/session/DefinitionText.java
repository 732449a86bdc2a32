package io.basaltdb.query.session;

import io.basaltdb.storage.catalog.CheckConstraint;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.catalog.StoredExpression;
import io.basaltdb.storage.catalog.TableDefinition;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A table's definition as the statement that would create it.
final class DefinitionText {
    private DefinitionText() {}

    static String of(TableDefinition table) {
        StringBuilder sql = new StringBuilder("CREATE TABLE ");
        sql.append(name(table.schema(), table.name())).append(" (");
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            sql.append(i == 0 ? "\n  " : ",\n  ")
                    .append(quoted(column.name()))
                    .append(' ')
                    .append(column.type().sql());
            StoredExpression generated = column.generated();
            if (generated != null) {
                sql.append(" GENERATED ALWAYS AS (").append(generated.sql()).append(") STORED");
            }
            if (column.defaultSql() != null) {
                sql.append(" DEFAULT ").append(column.defaultSql());
            }
            if (!column.nullable()) {
                sql.append(" NOT NULL");
            }
        }
        if (!table.primaryKey().isEmpty()) {
            sql.append(",\n  PRIMARY KEY (")
                    .append(columnNames(table, table.primaryKey()))
                    .append(')');
        }
        for (CheckConstraint check : table.checks()) {
            sql.append(",\n  CONSTRAINT ")
                    .append(quoted(check.name()))
                    .append(" CHECK (")
                    .append(check.condition().sql())
                    .append(')');
        }
        sql.append("\n)");
        if (!table.partitionBy().isEmpty()) {
            sql.append("\nPARTITION BY ")
                    .append(
                            table.partitionBy().stream()
                                    .map(t -> partition(table, t))
                                    .collect(Collectors.joining(", ")));
        }
        if (!table.sortKey().isEmpty()) {
            sql.append("\nORDER BY (").append(columnNames(table, table.sortKey())).append(')');
        }
        StoredExpression ttl = table.ttl();
        if (ttl != null) {
            sql.append("\nTTL ").append(ttl.sql());
        }
        if (!table.options().isEmpty()) {
            sql.append("\nWITH (")
                    .append(
                            new TreeMap<>(table.options())
                                    .entrySet().stream()
                                            .map(e ->
                                                    e.getKey()
                                                            + " = '"
                                                            + e.getValue().replace("'", "''")
                                                            + "'")
                                            .collect(Collectors.joining(", ")))
                    .append(')');
        }
        return sql.toString();
    }

    private static String partition(TableDefinition table, PartitionTransform transform) {
        String column = quoted(table.columns().get(table.positionOf(transform.columnId())).name());
        return switch (transform) {
            case PartitionTransform.Identity _ -> column;
            case PartitionTransform.DateTrunc(_, var unit) ->
                    "date_trunc('" + unit.name().toLowerCase(Locale.ROOT) + "', " + column + ")";
        };
    }

    private static String columnNames(TableDefinition table, List<Integer> ids) {
        return ids.stream()
                .map(id -> quoted(table.columns().get(table.positionOf(id)).name()))
                .collect(Collectors.joining(", "));
    }

    static String name(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
