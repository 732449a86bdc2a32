package io.basaltdb.query.system;

import static io.basaltdb.query.system.VirtualTable.columns;

import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `system`: what the database knows of itself.
public final class SystemTables {
    public static final String SCHEMA = "system";

    /// What the rows that are in no part yet are called.
    private static final String DELTA = "delta";

    private SystemTables() {}

    static List<VirtualTable> tables() {
        return List.of(
                new VirtualTable(
                        SCHEMA,
                        "tables",
                        columns(
                                "schema_name", Type.TEXT,
                                "name", Type.TEXT,
                                "row_count", Type.BIGINT,
                                "split_count", Type.BIGINT,
                                "sort_key", Type.TEXT,
                                "primary_key", Type.TEXT,
                                "schema_version", Type.INTEGER),
                        SystemTables::allTables),
                new VirtualTable(
                        SCHEMA,
                        "columns",
                        columns(
                                "schema_name", Type.TEXT,
                                "table_name", Type.TEXT,
                                "name", Type.TEXT,
                                "position", Type.INTEGER,
                                "type", Type.TEXT,
                                "nullable", Type.BOOLEAN,
                                "null_count", Type.BIGINT,
                                "distinct_count", Type.BIGINT,
                                "sort_key_position", Type.INTEGER,
                                "primary_key_position", Type.INTEGER),
                        SystemTables::allColumns),
                new VirtualTable(
                        SCHEMA,
                        "parts",
                        columns(
                                "schema_name", Type.TEXT,
                                "table_name", Type.TEXT,
                                "name", Type.TEXT,
                                "kind", Type.TEXT,
                                "granule_count", Type.BIGINT,
                                "row_count", Type.BIGINT,
                                "damage", Type.TEXT),
                        SystemTables::parts),
                new VirtualTable(
                        SCHEMA,
                        "queries",
                        columns(
                                "id", Type.BIGINT,
                                "user_name", Type.TEXT,
                                "sql", Type.TEXT,
                                "state", Type.TEXT,
                                "started", Type.TIMESTAMPTZ,
                                "elapsed_micros", Type.BIGINT,
                                "rows_read", Type.BIGINT,
                                "bytes_read", Type.BIGINT,
                                "peak_memory_bytes", Type.BIGINT,
                                "error", Type.TEXT),
                        SystemTables::queries),
                new VirtualTable(
                        SCHEMA,
                        "settings",
                        columns(
                                "name", Type.TEXT,
                                "value", Type.TEXT,
                                "default_value", Type.TEXT,
                                "description", Type.TEXT),
                        SystemTables::settings),
                new VirtualTable(
                        SCHEMA,
                        "functions",
                        columns("name", Type.TEXT, "aliases", Type.TEXT, "summary", Type.TEXT),
                        SystemTables::functions));
    }

    private static List<List<Value>> allTables(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : definitions(context)) {
            rows.add(
                    List.of(
                            Value.of(table.schema()),
                            Value.of(table.name()),
                            Value.of(context.snapshot().table(table.id()).statistics().rowCount()),
                            Value.of(context.snapshot().table(table.id()).splits().size()),
                            Value.of(columnNames(table, table.sortKey())),
                            Value.of(columnNames(table, table.primaryKey())),
                            Value.of(table.schemaVersion())));
        }
        return rows;
    }

    private static String columnNames(TableDefinition table, List<Integer> ids) {
        return ids.stream()
                .map(id -> table.columns().get(table.positionOf(id)).name())
                .collect(Collectors.joining(", "));
    }

    private static List<TableDefinition> definitions(SystemContext context) {
        CatalogSnapshot catalog = context.snapshot().catalog();
        return catalog.schemas().stream()
                .flatMap(schema -> catalog.tables(schema).stream())
                .toList();
    }

    private static List<List<Value>> allColumns(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : definitions(context)) {
            TableStatistics statistics = context.snapshot().table(table.id()).statistics();
            for (int i = 0; i < table.columns().size(); i++) {
                ColumnDefinition column = table.columns().get(i);
                ColumnStatistics known = statistics.columns().get(i);
                rows.add(
                        List.of(
                                Value.of(table.schema()),
                                Value.of(table.name()),
                                Value.of(column.name()),
                                Value.of(i + 1),
                                Value.of(column.type().sql()),
                                Value.of(column.nullable()),
                                Value.of(known.nullCount()),
                                known.distinctCount() < 0
                                        ? Value.NULL
                                        : Value.of(known.distinctCount()),
                                position(table.sortKey(), column),
                                position(table.primaryKey(), column)));
            }
        }
        return rows;
    }

    /// The place of a column in a key, from 1; NULL where it does not belong to it.
    private static Value position(List<Integer> key, ColumnDefinition column) {
        int position = key.indexOf(column.id());
        return position < 0 ? Value.NULL : Value.of(position + 1);
    }

    private static List<List<Value>> functions(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (FunctionCatalog.Entry entry : FunctionCatalog.entries()) {
            rows.add(
                    List.of(
                            Value.of(entry.function().name()),
                            Value.of(String.join(", ", entry.aliases())),
                            Value.of(entry.summary())));
        }
        return rows;
    }

    /// The parts of each table, and as one more of the kind `delta` its rows that are in none yet.
    private static List<List<Value>> parts(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : definitions(context)) {
            for (Split split : context.snapshot().table(table.id()).splits()) {
                List<Value> row = new ArrayList<>();
                row.add(Value.of(table.schema()));
                row.add(Value.of(table.name()));
                row.add(Value.of(split.name()));
                row.add(Value.of(split.name().equals(DELTA) ? DELTA : "part"));
                row.addAll(counts(split));
                rows.add(row);
            }
        }
        return rows;
    }

    /// Granules, rows and what is wrong; a part that cannot be opened has no counts.
    private static List<Value> counts(Split split) {
        try {
            long rowCount = 0;
            for (int g = 0; g < split.granuleCount(); g++) {
                rowCount += split.rowCount(g);
            }
            String damage = split.damage();
            return List.of(
                    Value.of(split.granuleCount()),
                    Value.of(rowCount),
                    damage == null ? Value.NULL : Value.of(damage));
        } catch (BasaltException damage) {
            return List.of(Value.NULL, Value.NULL, Value.of(damage.text()));
        }
    }

    private static List<List<Value>> queries(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (SystemContext.QueryEntry query : context.queries()) {
            rows.add(
                    List.of(
                            Value.of(query.id()),
                            Value.of(query.user()),
                            Value.of(query.sql()),
                            Value.of(query.state()),
                            Value.of(query.startMicros()),
                            Value.of(query.elapsedMicros()),
                            Value.of(query.rowsRead()),
                            Value.of(query.bytesRead()),
                            Value.of(query.peakMemoryBytes()),
                            query.error().isEmpty() ? Value.NULL : Value.of(query.error())));
        }
        return rows;
    }

    private static List<List<Value>> settings(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (SystemContext.SettingEntry setting : context.settings()) {
            rows.add(
                    List.of(
                            Value.of(setting.name()),
                            Value.of(setting.value()),
                            Value.of(setting.defaultValue()),
                            Value.of(setting.description())));
        }
        return rows;
    }
}
