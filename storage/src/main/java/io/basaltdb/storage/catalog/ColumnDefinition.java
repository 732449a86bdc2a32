package io.basaltdb.storage.catalog;

import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param id never reused within the table; parts name columns by it
/// @param defaultSql the DEFAULT expression as SQL text; null where there is none
public record ColumnDefinition(
        int id, String name, Type type, boolean nullable, @Nullable String defaultSql) {
    public Field field() {
        return new Field(name, type, nullable);
    }
}
