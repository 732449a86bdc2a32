package io.basaltdb.storage.catalog;

import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of the database at one commit. Immutable. Names match ignoring case and keep their spelling.
public interface CatalogSnapshot {
    /// The version of names that a transaction has changed and not committed: two such catalogs may differ.
    long UNPUBLISHED = -1;

    /// Changes with every change of a definition, and with nothing else.
    long version();

    /// Schema names, sorted.
    List<String> schemas();

    boolean hasSchema(String schema);

    /// Tables of the schema, sorted by name; empty where there is no such schema.
    List<TableDefinition> tables(String schema);

    @Nullable TableDefinition table(String schema, String name);

    @Nullable TableDefinition table(int tableId);

    List<ViewDefinition> views(String schema);

    @Nullable ViewDefinition view(String schema, String name);

    /// All macros, sorted by schema and name.
    List<MacroDefinition> macros();

    @Nullable MacroDefinition macro(String schema, String name);

    /// All types that were created, sorted by name. They belong to no schema.
    List<Type.Enumeration> types();

    /// The type of that name; null where none was created.
    Type.@Nullable Enumeration type(String name);

    /// What was written about a table or view (column 0) or one of its columns; empty where nothing was.
    String comment(int objectId, int columnId);
}
