package io.basaltdb.storage.catalog;

import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import org.jspecify.annotations.Nullable;

/// A column of a table.
///
/// @param id never reused within the table; parts name columns by it
/// @param defaultSql the DEFAULT expression as SQL text; null where there is none
/// @param initial what rows hold that are older than the column: its DEFAULT as it was computed when the column was added
/// @param generated what the column holds, computed from the row's other columns; null where it is written
public record ColumnDefinition(
        int id,
        String name,
        Type type,
        boolean nullable,
        @Nullable String defaultSql,
        Value initial,
        @Nullable StoredExpression generated) {
    /// A column that is there from the beginning.
    public ColumnDefinition(
            int id, String name, Type type, boolean nullable, @Nullable String defaultSql) {
        this(id, name, type, nullable, defaultSql, Value.NULL, null);
    }

    public Field field() {
        return new Field(name, type, nullable);
    }

    public ColumnDefinition withId(int given) {
        return new ColumnDefinition(given, name, type, nullable, defaultSql, initial, generated);
    }

    public ColumnDefinition withName(String given) {
        return new ColumnDefinition(id, given, type, nullable, defaultSql, initial, generated);
    }

    public ColumnDefinition withType(Type given) {
        return new ColumnDefinition(id, name, given, nullable, defaultSql, initial, generated);
    }

    public ColumnDefinition withNullable(boolean given) {
        return new ColumnDefinition(id, name, type, given, defaultSql, initial, generated);
    }

    public ColumnDefinition withDefault(@Nullable String given) {
        return new ColumnDefinition(id, name, type, nullable, given, initial, generated);
    }

    public ColumnDefinition withInitial(Value given) {
        return new ColumnDefinition(id, name, type, nullable, defaultSql, given, generated);
    }

    public ColumnDefinition withGenerated(@Nullable StoredExpression given) {
        return new ColumnDefinition(id, name, type, nullable, defaultSql, initial, given);
    }

    public boolean isGenerated() {
        return generated != null;
    }
}
