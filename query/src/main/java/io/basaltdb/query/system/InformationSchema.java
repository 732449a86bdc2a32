package io.basaltdb.query.system;

import static io.basaltdb.query.system.VirtualTable.columns;

import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.CheckConstraint;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.StoredExpression;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `information_schema` of ISO 9075-11: schemata, tables, columns, views.
public final class InformationSchema {
    public static final String SCHEMA = "information_schema";

    /// The one catalog that all schemas are in.
    public static final String CATALOG = "basalt";

    private InformationSchema() {}

    static List<VirtualTable> tables() {
        return List.of(
                new VirtualTable(
                        SCHEMA,
                        "schemata",
                        columns(
                                "catalog_name",
                                Type.TEXT,
                                "schema_name",
                                Type.TEXT,
                                "schema_owner",
                                Type.TEXT),
                        InformationSchema::schemata),
                new VirtualTable(
                        SCHEMA,
                        "tables",
                        columns(
                                "table_catalog", Type.TEXT,
                                "table_schema", Type.TEXT,
                                "table_name", Type.TEXT,
                                "table_type", Type.TEXT,
                                "table_comment", Type.TEXT),
                        InformationSchema::allTables),
                new VirtualTable(
                        SCHEMA,
                        "columns",
                        columns(
                                "table_catalog", Type.TEXT,
                                "table_schema", Type.TEXT,
                                "table_name", Type.TEXT,
                                "column_name", Type.TEXT,
                                "ordinal_position", Type.INTEGER,
                                "column_default", Type.TEXT,
                                "is_nullable", Type.TEXT,
                                "data_type", Type.TEXT,
                                "character_maximum_length", Type.INTEGER,
                                "numeric_precision", Type.INTEGER,
                                "numeric_scale", Type.INTEGER,
                                "datetime_precision", Type.INTEGER,
                                "is_generated", Type.TEXT,
                                "generation_expression", Type.TEXT,
                                "column_comment", Type.TEXT),
                        InformationSchema::allColumns),
                new VirtualTable(
                        SCHEMA,
                        "table_constraints",
                        columns(
                                "constraint_catalog", Type.TEXT,
                                "constraint_schema", Type.TEXT,
                                "constraint_name", Type.TEXT,
                                "table_catalog", Type.TEXT,
                                "table_schema", Type.TEXT,
                                "table_name", Type.TEXT,
                                "constraint_type", Type.TEXT),
                        InformationSchema::tableConstraints),
                new VirtualTable(
                        SCHEMA,
                        "check_constraints",
                        columns(
                                "constraint_catalog", Type.TEXT,
                                "constraint_schema", Type.TEXT,
                                "constraint_name", Type.TEXT,
                                "check_clause", Type.TEXT),
                        InformationSchema::checkConstraints),
                new VirtualTable(
                        SCHEMA,
                        "key_column_usage",
                        columns(
                                "constraint_catalog", Type.TEXT,
                                "constraint_schema", Type.TEXT,
                                "constraint_name", Type.TEXT,
                                "table_catalog", Type.TEXT,
                                "table_schema", Type.TEXT,
                                "table_name", Type.TEXT,
                                "column_name", Type.TEXT,
                                "ordinal_position", Type.INTEGER),
                        InformationSchema::keyColumns),
                new VirtualTable(
                        SCHEMA,
                        "views",
                        columns(
                                "table_catalog", Type.TEXT,
                                "table_schema", Type.TEXT,
                                "table_name", Type.TEXT,
                                "view_definition", Type.TEXT),
                        InformationSchema::views));
    }

    private static List<List<Value>> schemata(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (String schema : context.snapshot().catalog().schemas()) {
            rows.add(List.of(Value.of(CATALOG), Value.of(schema), Value.of("basalt")));
        }
        for (String schema : new VirtualTables().schemas()) {
            rows.add(List.of(Value.of(CATALOG), Value.of(schema), Value.of("basalt")));
        }
        return rows;
    }

    private static List<List<Value>> allTables(SystemContext context) {
        CatalogSnapshot catalog = context.snapshot().catalog();
        List<List<Value>> rows = new ArrayList<>();
        for (String schema : catalog.schemas()) {
            for (TableDefinition table : catalog.tables(schema)) {
                rows.add(
                        tableRow(
                                table.schema(),
                                table.name(),
                                "BASE TABLE",
                                SystemTables.comment(context, table.id(), 0)));
            }
            for (ViewDefinition view : catalog.views(schema)) {
                rows.add(
                        tableRow(
                                view.schema(),
                                view.name(),
                                "VIEW",
                                SystemTables.comment(context, view.id(), 0)));
            }
        }
        for (VirtualTable table : new VirtualTables().tables()) {
            rows.add(tableRow(table.schemaName(), table.name(), "SYSTEM TABLE", Value.NULL));
        }
        return rows;
    }

    private static List<Value> tableRow(String schema, String name, String type, Value comment) {
        return List.of(
                Value.of(CATALOG), Value.of(schema), Value.of(name), Value.of(type), comment);
    }

    private static List<List<Value>> allColumns(SystemContext context) {
        CatalogSnapshot catalog = context.snapshot().catalog();
        List<List<Value>> rows = new ArrayList<>();
        for (String schema : catalog.schemas()) {
            for (TableDefinition table : catalog.tables(schema)) {
                int position = 1;
                for (ColumnDefinition column : table.columns()) {
                    rows.add(
                            columnRow(
                                    table.schema(),
                                    table.name(),
                                    position++,
                                    column.field(),
                                    column.defaultSql(),
                                    column.generated(),
                                    SystemTables.comment(context, table.id(), column.id())));
                }
            }
            for (ViewDefinition view : catalog.views(schema)) {
                int position = 1;
                for (Field field : context.viewColumns(view).fields()) {
                    rows.add(
                            columnRow(
                                    view.schema(),
                                    view.name(),
                                    position++,
                                    field,
                                    null,
                                    null,
                                    Value.NULL));
                }
            }
        }
        for (VirtualTable table : new VirtualTables().tables()) {
            int position = 1;
            for (Field field : table.schema().fields()) {
                rows.add(
                        columnRow(
                                table.schemaName(),
                                table.name(),
                                position++,
                                field,
                                null,
                                null,
                                Value.NULL));
            }
        }
        return rows;
    }

    private static List<Value> columnRow(
            String schema,
            String table,
            int position,
            Field field,
            @Nullable String defaultSql,
            @Nullable StoredExpression generated,
            Value comment) {
        return List.of(
                Value.of(CATALOG),
                Value.of(schema),
                Value.of(table),
                Value.of(field.name()),
                Value.of(position),
                defaultSql == null ? Value.NULL : Value.of(defaultSql),
                Value.of(field.nullable() ? "YES" : "NO"),
                Value.of(field.type().sql()),
                Value.NULL,
                precision(field.type()),
                scale(field.type()),
                datetimePrecision(field.type()),
                Value.of(generated == null ? "NEVER" : "ALWAYS"),
                generated == null ? Value.NULL : Value.of(generated.sql()),
                comment);
    }

    private static Value precision(Type type) {
        return switch (type) {
            case Type.Int(int bits) -> Value.of(bits);
            case Type.Decimal(int precision, _) -> Value.of(precision);
            case Type.Real _ -> Value.of(24);
            case Type.DoublePrecision _ -> Value.of(53);
            case Type.Bool _, Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> Value.NULL;
            case Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ -> Value.NULL;
        };
    }

    private static Value scale(Type type) {
        return switch (type) {
            case Type.Int _ -> Value.of(0);
            case Type.Decimal(_, int scale) -> Value.of(scale);
            case Type.Real _, Type.DoublePrecision _, Type.Bool _, Type.Date _ -> Value.NULL;
            case Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    Value.NULL;
        };
    }

    private static Value datetimePrecision(Type type) {
        return switch (type) {
            case Type.Date _ -> Value.of(0);
            case Type.Timestamp(int precision) -> Value.of(precision);
            case Type.TimestampTz(int precision) -> Value.of(precision);
            case Type.Int _, Type.Decimal _, Type.Real _, Type.DoublePrecision _, Type.Bool _ ->
                    Value.NULL;
            case Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ -> Value.NULL;
        };
    }

    private static List<List<Value>> tableConstraints(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : keyedTables(context)) {
            List<Value> row = new ArrayList<>(keyOf(table));
            row.add(Value.of("PRIMARY KEY"));
            rows.add(row);
        }
        for (TableDefinition table : allDefinitions(context)) {
            for (CheckConstraint check : table.checks()) {
                List<Value> row = new ArrayList<>(named(table, check.name()));
                row.add(Value.of("CHECK"));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<Value>> checkConstraints(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : allDefinitions(context)) {
            for (CheckConstraint check : table.checks()) {
                rows.add(
                        List.of(
                                Value.of(CATALOG),
                                Value.of(table.schema()),
                                Value.of(check.name()),
                                Value.of(check.condition().sql())));
            }
        }
        return rows;
    }

    private static List<List<Value>> keyColumns(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : keyedTables(context)) {
            int position = 1;
            for (int columnId : table.primaryKey()) {
                List<Value> row = new ArrayList<>(keyOf(table));
                row.add(Value.of(table.columns().get(table.positionOf(columnId)).name()));
                row.add(Value.of(position++));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<TableDefinition> keyedTables(SystemContext context) {
        return allDefinitions(context).stream()
                .filter(table -> !table.primaryKey().isEmpty())
                .toList();
    }

    private static List<TableDefinition> allDefinitions(SystemContext context) {
        CatalogSnapshot catalog = context.snapshot().catalog();
        return catalog.schemas().stream()
                .flatMap(schema -> catalog.tables(schema).stream())
                .toList();
    }

    /// The primary key has no name of its own: it is called after its table.
    private static List<Value> keyOf(TableDefinition table) {
        return named(table, table.name() + "_pkey");
    }

    private static List<Value> named(TableDefinition table, String constraint) {
        return List.of(
                Value.of(CATALOG),
                Value.of(table.schema()),
                Value.of(constraint),
                Value.of(CATALOG),
                Value.of(table.schema()),
                Value.of(table.name()));
    }

    private static List<List<Value>> views(SystemContext context) {
        CatalogSnapshot catalog = context.snapshot().catalog();
        List<List<Value>> rows = new ArrayList<>();
        for (String schema : catalog.schemas()) {
            for (ViewDefinition view : catalog.views(schema)) {
                rows.add(
                        List.of(
                                Value.of(CATALOG),
                                Value.of(view.schema()),
                                Value.of(view.name()),
                                Value.of(view.sql())));
            }
        }
        return rows;
    }
}
