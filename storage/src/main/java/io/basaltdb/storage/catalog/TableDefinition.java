package io.basaltdb.storage.catalog;

import io.basaltdb.storage.type.Schema;
import java.util.List;
import java.util.Map;

/// What a table is, at one schema version.
///
/// @param id never reused within the database
/// @param schemaVersion counts the changes of the columns, from 1
/// @param sortKey ids of the ORDER BY columns, in order; empty: rows keep the order of their commits
/// @param primaryKey ids of the PRIMARY KEY columns; empty for a table without key
/// @param options WITH (…) options, lower-case names
public record TableDefinition(
        int id,
        String schema,
        String name,
        int schemaVersion,
        List<ColumnDefinition> columns,
        List<Integer> sortKey,
        List<PartitionTransform> partitionBy,
        List<Integer> primaryKey,
        Map<String, String> options) {
    public TableDefinition {
        columns = List.copyOf(columns);
        sortKey = List.copyOf(sortKey);
        partitionBy = List.copyOf(partitionBy);
        primaryKey = List.copyOf(primaryKey);
        options = Map.copyOf(options);
    }

    public Schema rowSchema() {
        return new Schema(columns.stream().map(ColumnDefinition::field).toList());
    }

    /// Position of the column with that id, or -1.
    public int positionOf(int columnId) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id() == columnId) {
                return i;
            }
        }
        return -1;
    }

    /// `schema.name`, for messages.
    public String qualifiedName() {
        return schema + "." + name;
    }
}
