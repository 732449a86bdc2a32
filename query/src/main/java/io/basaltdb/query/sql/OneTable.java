package io.basaltdb.query.sql;

import io.basaltdb.query.function.jvm.JavaCode;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names that an expression in a table's definition can use: those of the table.
record OneTable(TableView table) implements CatalogView {
    static final String SCHEMA = "definition";
    static final String NAME = "row";

    @Override
    public long version() {
        return CatalogSnapshot.UNPUBLISHED;
    }

    @Override
    public List<String> schemas() {
        return List.of(SCHEMA);
    }

    @Override
    public @Nullable TableView table(String schema, String name) {
        return schema.equalsIgnoreCase(SCHEMA) && name.equalsIgnoreCase(NAME) ? table : null;
    }

    @Override
    public @Nullable ViewDefinition view(String schema, String name) {
        return null;
    }

    @Override
    public @Nullable MacroDefinition macro(String schema, String name) {
        return null;
    }

    /// Those of the table's columns: they cannot go as long as the table is there.
    @Override
    public Type.@Nullable Enumeration type(String name) {
        for (Field field : table.schema().fields()) {
            for (Type.Enumeration used : Type.namedEnums(field.type())) {
                if (used.name().equalsIgnoreCase(name)) {
                    return used;
                }
            }
        }
        return null;
    }

    @Override
    public JavaCode code(JavaRoutine routine) {
        throw new AssertionError("there are no macros");
    }

    @Override
    public List<String> tableNames(String schema) {
        return List.of();
    }

    @Override
    public TableView file(String path) {
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "an expression in a table's definition cannot read the file " + path);
    }

    @Override
    public @Nullable TableView function(String name, List<String> arguments) {
        return null;
    }
}
