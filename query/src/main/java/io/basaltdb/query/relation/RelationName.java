package io.basaltdb.query.relation;

import io.basaltdb.query.expression.Expression;
import java.util.List;

/// What a scan reads, by name; resolved against a snapshot when the query starts.
public sealed interface RelationName {
    /// A stored table.
    record Table(int tableId, String schema, String name) implements RelationName {}

    /// A stored table with the addresses of its rows as one more column at the end: what a statement that deletes reads.
    record Addressed(Table table) implements RelationName {}

    /// A stored table as it was at a point in its past.
    ///
    /// @param point a TIMESTAMP WITH TIME ZONE, or a whole number that is a commit; the same for the whole query
    record Past(Table table, Expression point) implements RelationName {}

    /// A virtual table that the engine fills: `system.parts`, `information_schema.columns` …
    record Virtual(String schema, String name) implements RelationName {}

    /// A table function or file: `read_csv('x.csv')`, `'data/*.parquet'`. Options are literals as text, in the order written.
    record Function(String name, List<String> arguments) implements RelationName {
        public Function {
            arguments = List.copyOf(arguments);
        }
    }
}
