package io.basaltdb.storage.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user gave a name to be called by: an expression or query with parameters, whose text takes the place of its calls, or a function
/// written in Java.
///
/// @param sql the text of the expression or query as it was given; for Java what stands in CREATE FUNCTION behind the name
/// @param defaultSchema the schema in which it was created
public record MacroDefinition(
        String schema,
        String name,
        List<Parameter> parameters,
        Kind kind,
        String sql,
        String defaultSchema) {
    public MacroDefinition {
        parameters = List.copyOf(parameters);
    }

    /// What a call means. The numbers stand in the log and the manifest.
    public enum Kind {
        EXPRESSION(0),
        /// A query, which stands where tables stand.
        QUERY(1),
        /// A function or aggregate of a jar or of the program.
        JAVA(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    public boolean isTable() {
        return kind == Kind.QUERY;
    }

    /// @param defaultSql the text of the expression that stands for an argument that is left out; null where none may be
    public record Parameter(String name, @Nullable String defaultSql) {}
}
