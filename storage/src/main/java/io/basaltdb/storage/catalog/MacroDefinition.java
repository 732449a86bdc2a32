package io.basaltdb.storage.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A named expression or query with parameters, whose text takes the place of its calls.
///
/// @param isTable whether it is a query, which stands where tables stand
/// @param sql the text of the expression or query as it was given
/// @param defaultSchema the schema in which it was created
public record MacroDefinition(
        String schema,
        String name,
        List<Parameter> parameters,
        boolean isTable,
        String sql,
        String defaultSchema) {
    public MacroDefinition {
        parameters = List.copyOf(parameters);
    }

    /// @param defaultSql the text of the expression that stands for an argument that is left out; null where none may be
    public record Parameter(String name, @Nullable String defaultSql) {}
}
