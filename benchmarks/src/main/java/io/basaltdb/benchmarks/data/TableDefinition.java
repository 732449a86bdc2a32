package io.basaltdb.benchmarks.data;

import java.util.List;
import java.util.stream.Collectors;

/// Name, columns and sort key of a generated table. Rows are produced in the order of the sort key, or nearly so.
public record TableDefinition(String name, List<ColumnDefinition> columns, List<String> sortKey) {

    public TableDefinition {
        columns = List.copyOf(columns);
        sortKey = List.copyOf(sortKey);
    }

    /// The plain CREATE TABLE that every engine understands.
    public String createStatement() {
        return columns.stream()
                .map(column ->
                        column.name()
                                + " "
                                + column.type().sql()
                                + (column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")"));
    }

    /// The same with the sort key, for an engine that keeps its tables sorted.
    public String sortedCreateStatement() {
        return createStatement() + " ORDER BY (" + String.join(", ", sortKey) + ")";
    }
}
