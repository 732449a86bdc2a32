package io.basaltdb.query.session;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.query.system.VirtualTable;
import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// SHOW and DESCRIBE: what there is, at one snapshot.
final class ShowStatements {
    private static final Schema DESCRIPTION =
            Schema.of(
                    new Field("column_name", Type.TEXT, false),
                    new Field("column_type", Type.TEXT, false),
                    new Field("null", Type.TEXT, false),
                    new Field("key", Type.TEXT, true),
                    new Field("default", Type.TEXT, true));

    private final StatementRun run;
    private final SessionState session;
    private final long queryId;

    ShowStatements(StatementRun run, SessionState session, long queryId) {
        this.run = run;
        this.session = session;
        this.queryId = queryId;
    }

    Result execute(Statement statement) {
        if (statement instanceof Statement.Show show) {
            return show(show);
        }
        if (statement instanceof Statement.Describe(Statement.ObjectName name)) {
            return describe(name);
        }
        if (statement instanceof Statement.DescribeQuery(var query)) {
            return describe(run.planner().plan(query).columns());
        }
        return showCreate(((Statement.ShowCreate) statement).table());
    }

    private Result show(Statement.Show show) {
        Predicate<String> wanted = show.like() == null ? _ -> true : LikePattern.of(show.like());
        CatalogSnapshot catalog = run.snapshot().catalog();
        String schema = show.schema() == null ? session.settings().schema() : show.schema();
        return switch (show.subject()) {
            case SCHEMAS -> names("schema_name", allSchemas(catalog), wanted);
            case VIEWS ->
                    names(
                            "view_name",
                            catalog.views(schema).stream().map(ViewDefinition::name).toList(),
                            wanted);
            case TABLES -> names("table_name", tables(catalog, schema), wanted);
            case FUNCTIONS ->
                    names(
                            "function_name",
                            FunctionCatalog.entries().stream()
                                    .map(entry -> entry.function().name())
                                    .sorted()
                                    .toList(),
                            wanted);
        };
    }

    private List<String> allSchemas(CatalogSnapshot catalog) {
        List<String> schemas = new ArrayList<>(catalog.schemas());
        schemas.addAll(run.virtualTables().schemas());
        return schemas;
    }

    private List<String> tables(CatalogSnapshot catalog, String schema) {
        if (!catalog.hasSchema(schema) && !run.virtualTables().hasSchema(schema)) {
            throw new BasaltException(
                    ErrorCode.INVALID_SCHEMA_NAME,
                    "there is no schema "
                            + schema
                            + "; there are "
                            + String.join(", ", allSchemas(catalog)));
        }
        List<String> names = new ArrayList<>();
        catalog.tables(schema).forEach(table -> names.add(table.name()));
        catalog.views(schema).forEach(view -> names.add(view.name()));
        for (VirtualTable table : run.virtualTables().tables()) {
            if (table.schemaName().equalsIgnoreCase(schema)) {
                names.add(table.name());
            }
        }
        names.sort(String.CASE_INSENSITIVE_ORDER);
        return names;
    }

    private Result names(String column, List<String> names, Predicate<String> wanted) {
        List<List<Value>> rows = new ArrayList<>();
        for (String name : names) {
            if (wanted.test(name)) {
                rows.add(List.of(Value.of(name)));
            }
        }
        return rows(Schema.of(new Field(column, Type.TEXT, false)), rows);
    }

    private Result describe(Statement.ObjectName name) {
        String schema = name.schemaOr(session.settings().schema());
        TableDefinition table = run.snapshot().catalog().table(schema, name.name());
        if (table != null) {
            return describe(table);
        }
        ViewDefinition view = run.snapshot().catalog().view(schema, name.name());
        if (view != null) {
            return describe(run.viewColumns(view));
        }
        VirtualTable virtual = run.virtualTables().find(schema, name.name());
        if (virtual != null) {
            return describe(virtual.schema());
        }
        throw new BasaltException(
                ErrorCode.UNDEFINED_TABLE,
                "there is no table or view " + name.name() + " in schema " + schema);
    }

    private Result describe(TableDefinition table) {
        List<List<Value>> rows = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            rows.add(row(column.field(), key(table, column), column.defaultSql()));
        }
        return rows(DESCRIPTION, rows);
    }

    private static @Nullable String key(TableDefinition table, ColumnDefinition column) {
        if (table.primaryKey().contains(column.id())) {
            return "PRIMARY";
        }
        int place = table.sortKey().indexOf(column.id());
        return place < 0 ? null : "SORT " + (place + 1);
    }

    private Result describe(Schema columns) {
        return rows(
                DESCRIPTION,
                columns.fields().stream().map(field -> row(field, null, null)).toList());
    }

    private static List<Value> row(Field field, @Nullable String key, @Nullable String defaultSql) {
        return List.of(
                Value.of(field.name()),
                Value.of(field.type().sql()),
                Value.of(field.nullable() ? "YES" : "NO"),
                key == null ? Value.NULL : Value.of(key),
                defaultSql == null ? Value.NULL : Value.of(defaultSql));
    }

    private Result showCreate(Statement.ObjectName name) {
        String schema = name.schemaOr(session.settings().schema());
        TableDefinition table = run.snapshot().catalog().table(schema, name.name());
        ViewDefinition view = run.snapshot().catalog().view(schema, name.name());
        if (table == null && view == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE,
                    "there is no table or view " + name.name() + " in schema " + schema);
        }
        String sql =
                table != null
                        ? DefinitionText.of(table)
                        : view == null
                                ? ""
                                : "CREATE VIEW "
                                        + DefinitionText.name(view.schema(), view.name())
                                        + " AS "
                                        + view.sql();
        return rows(Schema.of(new Field("sql", Type.TEXT, false)), List.of(List.of(Value.of(sql))));
    }

    private Result rows(Schema schema, List<List<Value>> rows) {
        return RowsResult.rows(schema, rows, queryId, run.snapshot().commit());
    }
}
