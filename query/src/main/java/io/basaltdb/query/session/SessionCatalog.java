package io.basaltdb.query.session;

import io.basaltdb.query.function.jvm.JavaCode;
import io.basaltdb.query.function.jvm.JavaLibrary;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.function.jvm.ProgramFunctions;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.query.sql.CatalogView;
import io.basaltdb.query.system.VirtualTable;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be named at one snapshot: stored tables and views, virtual tables, files and table functions.
final class SessionCatalog implements CatalogView {
    /// Definitions change less often than this has room for.
    private static final int PROGRAM_VERSION_SHIFT = 40;

    private final DatabaseSnapshot snapshot;
    private final CatalogSnapshot catalog;
    private final VirtualTables virtualTables;
    private final SnapshotRelations relations;
    private final JavaLibrary library;
    private final ProgramFunctions programFunctions;

    SessionCatalog(DatabaseSnapshot snapshot, EngineParts parts, SnapshotRelations relations) {
        this.snapshot = snapshot;
        this.catalog = snapshot.catalog();
        this.virtualTables = parts.virtualTables();
        this.library = parts.library();
        this.programFunctions = parts.programFunctions();
        this.relations = relations;
    }

    @Override
    public long version() {
        return catalog.version() == CatalogSnapshot.UNPUBLISHED
                ? CatalogSnapshot.UNPUBLISHED
                : catalog.version() + (programFunctions.version() << PROGRAM_VERSION_SHIFT);
    }

    @Override
    public List<String> schemas() {
        List<String> schemas = new ArrayList<>(catalog.schemas());
        schemas.addAll(virtualTables.schemas());
        return schemas;
    }

    @Override
    public @Nullable TableView table(String schema, String name) {
        TableDefinition table = catalog.table(schema, name);
        if (table != null) {
            return stored(table);
        }
        VirtualTable virtual = virtualTables.find(schema, name);
        return virtual == null ? null : virtual(virtual);
    }

    private TableView stored(TableDefinition table) {
        List<@Nullable String> defaults = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            defaults.add(column.defaultSql());
        }
        return new TableView(
                new RelationName.Table(table.id(), table.schema(), table.name()),
                table.rowSchema(),
                snapshot.table(table.id()).statistics(),
                Collections.unmodifiableList(defaults),
                table.sortKey().stream().map(table::positionOf).toList(),
                table.primaryKey().isEmpty()
                        ? List.of()
                        : List.of(table.primaryKey().stream().map(table::positionOf).toList()),
                table.columns().stream()
                        .filter(ColumnDefinition::isGenerated)
                        .map(column -> table.positionOf(column.id()))
                        .toList());
    }

    private static TableView virtual(VirtualTable table) {
        return view(
                new RelationName.Virtual(table.schemaName(), table.name()),
                table.schema(),
                unknown(table.schema()));
    }

    private static TableView view(RelationName name, Schema schema, TableStatistics statistics) {
        return new TableView(name, schema, statistics, List.of(), List.of(), List.of());
    }

    private static TableStatistics unknown(Schema schema) {
        return new TableStatistics(
                100,
                Collections.nCopies(schema.size(), new ColumnStatistics(0, null, null, -1, 16)));
    }

    @Override
    public @Nullable ViewDefinition view(String schema, String name) {
        return catalog.view(schema, name);
    }

    @Override
    public @Nullable MacroDefinition macro(String schema, String name) {
        MacroDefinition stored = catalog.macro(schema, name);
        if (stored != null) {
            return stored;
        }
        JavaRoutine routine = programFunctions.find(name);
        return routine == null
                ? null
                : new MacroDefinition(
                        schema, name, List.of(), MacroDefinition.Kind.JAVA, routine.sql(), schema);
    }

    @Override
    public Type.@Nullable Enumeration type(String name) {
        return catalog.type(name);
    }

    @Override
    public JavaCode code(JavaRoutine routine) {
        JavaCode code = programFunctions.code(routine);
        return code != null ? code : library.code(routine);
    }

    @Override
    public List<String> tableNames(String schema) {
        List<String> names = new ArrayList<>();
        catalog.tables(schema).forEach(table -> names.add(table.name()));
        catalog.views(schema).forEach(view -> names.add(view.name()));
        for (VirtualTable table : virtualTables.tables()) {
            if (table.schemaName().equalsIgnoreCase(schema)) {
                names.add(table.name());
            }
        }
        return names;
    }

    @Override
    public TableView file(String path) {
        RelationName.Function name =
                new RelationName.Function(SnapshotRelations.FILE, List.of(path));
        Relation relation = relations.resolve(name);
        return view(name, relation.schema(), relation.statistics());
    }

    @Override
    public @Nullable TableView function(String function, List<String> arguments) {
        RelationName.Function name = new RelationName.Function(function, arguments);
        if (!relations.knows(name)) {
            return null;
        }
        Relation relation = relations.resolve(name);
        return view(name, relation.schema(), relation.statistics());
    }
}
