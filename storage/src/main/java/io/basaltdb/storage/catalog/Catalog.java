package io.basaltdb.storage.catalog;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The names and definitions of the database. Immutable: every change gives a new one of the next version.
public final class Catalog implements CatalogSnapshot {
    /// The schema that every database has.
    public static final String DEFAULT_SCHEMA = "main";

    private record Name(String schema, String name) implements Comparable<Name> {
        static Name of(String schema, String name) {
            return new Name(key(schema), key(name));
        }

        @Override
        public int compareTo(Name other) {
            int order = schema.compareTo(other.schema);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    private record CommentPlace(int objectId, int columnId) implements Comparable<CommentPlace> {
        @Override
        public int compareTo(CommentPlace other) {
            int order = Integer.compare(objectId, other.objectId);
            return order != 0 ? order : Integer.compare(columnId, other.columnId);
        }
    }

    private final long version;
    private final NavigableMap<String, String> schemas;
    private final NavigableMap<Name, TableDefinition> tables;
    private final NavigableMap<Integer, TableDefinition> tablesById;
    private final NavigableMap<Name, ViewDefinition> views;
    private final NavigableMap<Name, MacroDefinition> macros;
    private final NavigableMap<CommentPlace, Comment> comments;
    private final NavigableMap<String, Type.Enumeration> types;

    private Catalog(
            long version,
            NavigableMap<String, String> schemas,
            NavigableMap<Name, TableDefinition> tables,
            NavigableMap<Integer, TableDefinition> tablesById,
            NavigableMap<Name, ViewDefinition> views,
            NavigableMap<Name, MacroDefinition> macros,
            NavigableMap<CommentPlace, Comment> comments,
            NavigableMap<String, Type.Enumeration> types) {
        this.version = version;
        this.schemas = schemas;
        this.tables = tables;
        this.tablesById = tablesById;
        this.views = views;
        this.macros = macros;
        this.comments = comments;
        this.types = types;
    }

    /// The catalog of a new database: the default schema, and nothing in it.
    public static Catalog initial() {
        TreeMap<String, String> schemas = new TreeMap<>();
        schemas.put(DEFAULT_SCHEMA, DEFAULT_SCHEMA);
        return new Catalog(
                1,
                schemas,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    /// Puts together what a manifest holds.
    public static Catalog of(
            long version,
            List<String> schemas,
            List<TableDefinition> tables,
            List<ViewDefinition> views,
            List<MacroDefinition> macros,
            List<Comment> comments,
            List<Type.Enumeration> types) {
        Catalog catalog =
                new Catalog(
                        version,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>());
        for (String schema : schemas) {
            catalog.schemas.put(key(schema), schema);
        }
        for (TableDefinition table : tables) {
            catalog.tables.put(Name.of(table.schema(), table.name()), table);
            catalog.tablesById.put(table.id(), table);
        }
        for (ViewDefinition view : views) {
            catalog.views.put(Name.of(view.schema(), view.name()), view);
        }
        for (MacroDefinition macro : macros) {
            catalog.macros.put(Name.of(macro.schema(), macro.name()), macro);
        }
        for (Comment comment : comments) {
            catalog.comments.put(new CommentPlace(comment.objectId(), comment.columnId()), comment);
        }
        for (Type.Enumeration type : types) {
            catalog.types.put(key(type.name()), type);
        }
        return catalog;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public List<String> schemas() {
        return List.copyOf(schemas.values());
    }

    @Override
    public boolean hasSchema(String schema) {
        return schemas.containsKey(key(schema));
    }

    @Override
    public List<TableDefinition> tables(String schema) {
        return inSchema(tables, schema);
    }

    /// All tables, by schema and name.
    public List<TableDefinition> tables() {
        return List.copyOf(tables.values());
    }

    @Override
    public @Nullable TableDefinition table(String schema, String name) {
        return tables.get(Name.of(schema, name));
    }

    @Override
    public @Nullable TableDefinition table(int tableId) {
        return tablesById.get(tableId);
    }

    @Override
    public List<ViewDefinition> views(String schema) {
        return inSchema(views, schema);
    }

    /// All views, by schema and name.
    public List<ViewDefinition> views() {
        return List.copyOf(views.values());
    }

    @Override
    public @Nullable ViewDefinition view(String schema, String name) {
        return views.get(Name.of(schema, name));
    }

    /// All macros, by schema and name.
    @Override
    public List<MacroDefinition> macros() {
        return List.copyOf(macros.values());
    }

    @Override
    public @Nullable MacroDefinition macro(String schema, String name) {
        return macros.get(Name.of(schema, name));
    }

    @Override
    public List<Type.Enumeration> types() {
        return List.copyOf(types.values());
    }

    @Override
    public Type.@Nullable Enumeration type(String name) {
        return types.get(key(name));
    }

    /// All comments, by object and column.
    public List<Comment> comments() {
        return List.copyOf(comments.values());
    }

    @Override
    public String comment(int objectId, int columnId) {
        Comment comment = comments.get(new CommentPlace(objectId, columnId));
        return comment == null ? "" : comment.text();
    }

    private static <V> List<V> inSchema(NavigableMap<Name, V> all, String schema) {
        String wanted = key(schema);
        List<V> found = new ArrayList<>();
        for (Map.Entry<Name, V> entry : all.tailMap(new Name(wanted, "")).entrySet()) {
            if (!entry.getKey().schema.equals(wanted)) {
                break;
            }
            found.add(entry.getValue());
        }
        return found;
    }

    /// The same names as a transaction sees them alone.
    public Catalog unpublished() {
        return new Catalog(
                UNPUBLISHED, schemas, tables, tablesById, views, macros, comments, types);
    }

    /// @throws BasaltException DUPLICATE_SCHEMA
    public Catalog withSchema(String name) {
        if (hasSchema(name)) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_SCHEMA,
                    "schema " + name + " exists already; use IF NOT EXISTS or another name");
        }
        TreeMap<String, String> changed = new TreeMap<>(schemas);
        changed.put(key(name), name);
        return new Catalog(
                version + 1, changed, tables, tablesById, views, macros, comments, types);
    }

    /// Without the schema, which must be empty.
    public Catalog withoutSchema(String name) {
        requireSchema(name);
        if (!tables(name).isEmpty()
                || !views(name).isEmpty()
                || !inSchema(macros, name).isEmpty()) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "schema " + name + " is not empty; drop what it holds first or use CASCADE");
        }
        TreeMap<String, String> changed = new TreeMap<>(schemas);
        changed.remove(key(name));
        return new Catalog(
                version + 1, changed, tables, tablesById, views, macros, comments, types);
    }

    /// @throws BasaltException DUPLICATE_TABLE, INVALID_SCHEMA_NAME
    public Catalog withTable(TableDefinition table) {
        requireSchema(table.schema());
        requireFree(table.schema(), table.name());
        requireTypes(table);
        TreeMap<Name, TableDefinition> changed = new TreeMap<>(tables);
        changed.put(Name.of(table.schema(), table.name()), table);
        TreeMap<Integer, TableDefinition> byId = new TreeMap<>(tablesById);
        byId.put(table.id(), table);
        return new Catalog(version + 1, schemas, changed, byId, views, macros, comments, types);
    }

    /// With another definition of the same table, whose name may be another.
    ///
    /// @throws BasaltException UNDEFINED_TABLE, DUPLICATE_TABLE
    public Catalog withAltered(TableDefinition table) {
        TableDefinition before = tablesById.get(table.id());
        Catalog without = withoutTable(table.id());
        if (before != null && !before.qualifiedName().equals(table.qualifiedName())) {
            without.requireSchema(table.schema());
            without.requireFree(table.schema(), table.name());
        }
        requireTypes(table);
        TreeMap<Name, TableDefinition> changed = new TreeMap<>(without.tables);
        changed.put(Name.of(table.schema(), table.name()), table);
        TreeMap<Integer, TableDefinition> byId = new TreeMap<>(tablesById);
        byId.put(table.id(), table);
        return new Catalog(version + 1, schemas, changed, byId, views, macros, comments, types);
    }

    public Catalog withoutTable(int tableId) {
        TableDefinition table = tablesById.get(tableId);
        if (table == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE, "table number " + tableId + " does not exist");
        }
        TreeMap<Name, TableDefinition> changed = new TreeMap<>(tables);
        changed.remove(Name.of(table.schema(), table.name()));
        TreeMap<Integer, TableDefinition> byId = new TreeMap<>(tablesById);
        byId.remove(tableId);
        return new Catalog(
                version + 1,
                schemas,
                changed,
                byId,
                views,
                macros,
                commentsWithout(tableId),
                types);
    }

    /// With the view, in place of one of the same name if there is one.
    public Catalog withView(ViewDefinition view) {
        requireSchema(view.schema());
        if (table(view.schema(), view.name()) != null) {
            requireFree(view.schema(), view.name());
        }
        TreeMap<Name, ViewDefinition> changed = new TreeMap<>(views);
        changed.put(Name.of(view.schema(), view.name()), view);
        return new Catalog(
                version + 1, schemas, tables, tablesById, changed, macros, comments, types);
    }

    public Catalog withoutView(String schema, String name) {
        TreeMap<Name, ViewDefinition> changed = new TreeMap<>(views);
        ViewDefinition view = changed.remove(Name.of(schema, name));
        if (view == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE, "view " + schema + "." + name + " does not exist");
        }
        return new Catalog(
                version + 1,
                schemas,
                tables,
                tablesById,
                changed,
                macros,
                commentsWithout(view.id()),
                types);
    }

    /// With the macro, in place of one of the same name if there is one.
    public Catalog withMacro(MacroDefinition macro) {
        requireSchema(macro.schema());
        TreeMap<Name, MacroDefinition> changed = new TreeMap<>(macros);
        changed.put(Name.of(macro.schema(), macro.name()), macro);
        return new Catalog(
                version + 1, schemas, tables, tablesById, views, changed, comments, types);
    }

    public Catalog withoutMacro(String schema, String name) {
        TreeMap<Name, MacroDefinition> changed = new TreeMap<>(macros);
        if (changed.remove(Name.of(schema, name)) == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "macro " + schema + "." + name + " does not exist");
        }
        return new Catalog(
                version + 1, schemas, tables, tablesById, views, changed, comments, types);
    }

    /// With the type, in place of one of the same name if there is one: then no table may use it, or it only has more labels and all tables that use it are
    /// altered next.
    public Catalog withType(Type.Enumeration type) {
        Type.Enumeration before = type(type.name());
        if (before != null && !Type.isWidened(before, type)) {
            requireUnused(before, "replaced");
        }
        TreeMap<String, Type.Enumeration> changed = new TreeMap<>(types);
        changed.put(key(type.name()), type);
        return new Catalog(
                version + 1, schemas, tables, tablesById, views, macros, comments, changed);
    }

    public Catalog withoutType(String name) {
        TreeMap<String, Type.Enumeration> changed = new TreeMap<>(types);
        Type.Enumeration type = changed.remove(key(name));
        if (type == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_OBJECT, "type " + name + " does not exist");
        }
        requireUnused(type, "dropped");
        return new Catalog(
                version + 1, schemas, tables, tablesById, views, macros, comments, changed);
    }

    private void requireUnused(Type.Enumeration type, String done) {
        for (TableDefinition table : tables.values()) {
            for (ColumnDefinition column : table.columns()) {
                if (Type.namedEnums(column.type()).contains(type)) {
                    throw new BasaltException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            "type "
                                    + type.name()
                                    + " cannot be "
                                    + done
                                    + ": column "
                                    + column.name()
                                    + " of "
                                    + table.qualifiedName()
                                    + " uses it; drop the column or give it another type first");
                }
            }
        }
    }

    /// The labels stand in the definition too, and must be those of the type.
    private void requireTypes(TableDefinition table) {
        for (ColumnDefinition column : table.columns()) {
            for (Type.Enumeration used : Type.namedEnums(column.type())) {
                if (!used.equals(type(used.name()))) {
                    throw new BasaltException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "type "
                                    + used.name()
                                    + " of column "
                                    + column.name()
                                    + " was dropped or changed; run the statement again");
                }
            }
        }
    }

    /// With the comment in place of the one before; without any where its text is empty.
    public Catalog withComment(Comment comment) {
        TreeMap<CommentPlace, Comment> changed = new TreeMap<>(comments);
        CommentPlace place = new CommentPlace(comment.objectId(), comment.columnId());
        if (comment.text().isEmpty()) {
            changed.remove(place);
        } else {
            changed.put(place, comment);
        }
        return new Catalog(version + 1, schemas, tables, tablesById, views, macros, changed, types);
    }

    private NavigableMap<CommentPlace, Comment> commentsWithout(int objectId) {
        TreeMap<CommentPlace, Comment> changed = new TreeMap<>(comments);
        changed.keySet().removeIf(place -> place.objectId() == objectId);
        return changed;
    }

    private void requireSchema(String name) {
        if (!hasSchema(name)) {
            throw new BasaltException(
                    ErrorCode.INVALID_SCHEMA_NAME,
                    "schema " + name + " does not exist; create it first");
        }
    }

    private void requireFree(String schema, String name) {
        if (table(schema, name) != null || view(schema, name) != null) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_TABLE,
                    schema + "." + name + " exists already; use IF NOT EXISTS or another name");
        }
    }
}
