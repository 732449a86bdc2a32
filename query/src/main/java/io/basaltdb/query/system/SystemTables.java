package io.basaltdb.query.system;

import static io.basaltdb.query.system.VirtualTable.columns;

import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.table.WrittenBytes;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `system`: what the database knows of itself.
public final class SystemTables {
    public static final String SCHEMA = "system";

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
                                "schema_version", Type.INTEGER,
                                "written_bytes", Type.BIGINT,
                                "merged_bytes", Type.BIGINT,
                                "write_amplification", Type.DOUBLE,
                                "comment", Type.TEXT),
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
                                "primary_key_position", Type.INTEGER,
                                "comment", Type.TEXT),
                        SystemTables::allColumns),
                new VirtualTable(
                        SCHEMA,
                        "macros",
                        columns(
                                "schema_name", Type.TEXT,
                                "name", Type.TEXT,
                                "parameters", Type.TEXT,
                                "kind", Type.TEXT,
                                "definition", Type.TEXT),
                        SystemTables::macros),
                new VirtualTable(
                        SCHEMA,
                        "types",
                        columns("name", Type.TEXT, "kind", Type.TEXT, "definition", Type.TEXT),
                        SystemTables::types),
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
                                "damage", Type.TEXT,
                                "dead_row_count", Type.BIGINT,
                                "size_bytes", Type.BIGINT,
                                "partition", Type.TEXT,
                                "first_commit", Type.BIGINT,
                                "last_commit", Type.BIGINT,
                                "added_commit", Type.BIGINT),
                        StorageTables::parts),
                new VirtualTable(
                        SCHEMA,
                        "merges",
                        columns(
                                "kind", Type.TEXT,
                                "schema_name", Type.TEXT,
                                "table_name", Type.TEXT,
                                "state", Type.TEXT,
                                "started", Type.TIMESTAMPTZ,
                                "elapsed_micros", Type.BIGINT,
                                "source_parts", Type.BIGINT,
                                "source_rows", Type.BIGINT,
                                "source_bytes", Type.BIGINT,
                                "result_rows", Type.BIGINT,
                                "result_bytes", Type.BIGINT,
                                "error", Type.TEXT),
                        StorageTables::merges),
                new VirtualTable(
                        SCHEMA,
                        "log",
                        columns(
                                "file", Type.TEXT,
                                "size_bytes", Type.BIGINT,
                                "last_commit", Type.BIGINT,
                                "pinned_by", Type.TEXT),
                        StorageTables::log),
                new VirtualTable(
                        SCHEMA,
                        "leases",
                        columns(
                                "id", Type.TEXT,
                                "schema_name", Type.TEXT,
                                "table_name", Type.TEXT,
                                "commit_number", Type.BIGINT,
                                "expires", Type.TIMESTAMPTZ),
                        StorageTables::leases),
                new VirtualTable(
                        SCHEMA,
                        "ingests",
                        columns(
                                "id", Type.TEXT,
                                "expires", Type.TIMESTAMPTZ,
                                "task_count", Type.BIGINT,
                                "part_count", Type.BIGINT,
                                "row_count", Type.BIGINT),
                        StorageTables::ingests),
                new VirtualTable(
                        SCHEMA,
                        "memory",
                        columns(
                                "name", Type.TEXT,
                                "held_bytes", Type.BIGINT,
                                "limit_bytes", Type.BIGINT),
                        StorageTables::memory),
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
                        columns(
                                "name",
                                Type.TEXT,
                                "kind",
                                Type.TEXT,
                                "signature",
                                Type.TEXT,
                                "description",
                                Type.TEXT,
                                "aliases",
                                Type.TEXT,
                                "example",
                                Type.TEXT,
                                "result",
                                Type.TEXT),
                        SystemTables::functions));
    }

    private static List<List<Value>> allTables(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : definitions(context)) {
            WrittenBytes written = context.written(table.id());
            rows.add(
                    List.of(
                            Value.of(table.schema()),
                            Value.of(table.name()),
                            Value.of(context.snapshot().table(table.id()).statistics().rowCount()),
                            Value.of(context.snapshot().table(table.id()).splits().size()),
                            Value.of(columnNames(table, table.sortKey())),
                            Value.of(columnNames(table, table.primaryKey())),
                            Value.of(table.schemaVersion()),
                            Value.of(written.first()),
                            Value.of(written.merged()),
                            Value.of(written.amplification()),
                            comment(context, table.id(), 0)));
        }
        return rows;
    }

    private static String columnNames(TableDefinition table, List<Integer> ids) {
        return ids.stream()
                .map(id -> table.columns().get(table.positionOf(id)).name())
                .collect(Collectors.joining(", "));
    }

    static List<TableDefinition> definitions(SystemContext context) {
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
                                position(table.primaryKey(), column),
                                comment(context, table.id(), column.id())));
            }
        }
        return rows;
    }

    /// What was written about a table, a view or a column; NULL where nothing was.
    static Value comment(SystemContext context, int objectId, int columnId) {
        String text = context.snapshot().catalog().comment(objectId, columnId);
        return text.isEmpty() ? Value.NULL : Value.of(text);
    }

    private static List<List<Value>> macros(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (MacroDefinition macro : context.snapshot().catalog().macros()) {
            rows.add(
                    List.of(
                            Value.of(macro.schema()),
                            Value.of(macro.name()),
                            Value.of(
                                    macro.parameters().stream()
                                            .map(SystemTables::parameter)
                                            .collect(Collectors.joining(", "))),
                            Value.of(
                                    switch (macro.kind()) {
                                        case EXPRESSION -> "scalar";
                                        case QUERY -> "table";
                                        case JAVA -> "java";
                                    }),
                            Value.of(macro.sql())));
        }
        return rows;
    }

    private static List<List<Value>> types(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (Type.Enumeration type : context.snapshot().catalog().types()) {
            rows.add(List.of(Value.of(type.name()), Value.of("enum"), Value.of(type.labelled())));
        }
        return rows;
    }

    private static String parameter(MacroDefinition.Parameter parameter) {
        return parameter.defaultSql() == null
                ? parameter.name()
                : parameter.name() + " := " + parameter.defaultSql();
    }

    /// The place of a column in a key, from 1; NULL where it does not belong to it.
    private static Value position(List<Integer> key, ColumnDefinition column) {
        int position = key.indexOf(column.id());
        return position < 0 ? Value.NULL : Value.of(position + 1);
    }

    private static List<List<Value>> functions(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (FunctionReference.Entry entry : FunctionReference.entries()) {
            rows.add(
                    List.of(
                            Value.of(entry.name()),
                            Value.of(entry.kind()),
                            Value.of(entry.signature()),
                            Value.of(entry.description()),
                            Value.of(entry.aliases()),
                            Value.of(entry.example()),
                            Value.of(entry.result())));
        }
        return rows;
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
