package io.basaltdb.storage.catalog;

import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a table is, at one schema version.
///
/// @param id never reused within the database
/// @param schemaVersion counts the changes of the definition, from 1
/// @param sortKey ids of the ORDER BY columns, in order; empty: rows keep the order of their commits
/// @param primaryKey ids of the PRIMARY KEY columns; empty for a table without key
/// @param nextColumnId greater than the id of each column that the table has or ever had
/// @param ttl the point in time after which a row expires; null where none does
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
        int nextColumnId,
        List<CheckConstraint> checks,
        @Nullable StoredExpression ttl,
        Map<String, String> options) {
    public TableDefinition {
        columns = List.copyOf(columns);
        sortKey = List.copyOf(sortKey);
        partitionBy = List.copyOf(partitionBy);
        primaryKey = List.copyOf(primaryKey);
        checks = List.copyOf(checks);
        options = Map.copyOf(options);
    }

    /// A new table.
    public TableDefinition(
            int id,
            String schema,
            String name,
            int schemaVersion,
            List<ColumnDefinition> columns,
            List<Integer> sortKey,
            List<PartitionTransform> partitionBy,
            List<Integer> primaryKey,
            Map<String, String> options) {
        this(
                id,
                schema,
                name,
                schemaVersion,
                columns,
                sortKey,
                partitionBy,
                primaryKey,
                columns.stream().mapToInt(ColumnDefinition::id).max().orElse(0) + 1,
                List.of(),
                null,
                options);
    }

    public TableDefinition withId(int given) {
        Draft draft = new Draft(this);
        draft.id = given;
        return draft.finished();
    }

    public TableDefinition withName(String givenSchema, String given) {
        Draft draft = new Draft(this);
        draft.schema = givenSchema;
        draft.name = given;
        return draft.finished();
    }

    public TableDefinition withVersion(int given) {
        Draft draft = new Draft(this);
        draft.schemaVersion = given;
        return draft.finished();
    }

    /// With other columns; those whose id is 0 get one that no column of the table ever had.
    public TableDefinition withColumns(List<ColumnDefinition> given) {
        Draft draft = new Draft(this);
        draft.columns = new ArrayList<>();
        for (ColumnDefinition column : given) {
            draft.columns.add(column.id() == 0 ? column.withId(draft.nextColumnId++) : column);
        }
        return draft.finished();
    }

    public TableDefinition withChecks(List<CheckConstraint> given) {
        Draft draft = new Draft(this);
        draft.checks = given;
        return draft.finished();
    }

    public TableDefinition withTtl(@Nullable StoredExpression given) {
        Draft draft = new Draft(this);
        draft.ttl = given;
        return draft.finished();
    }

    public TableDefinition withOptions(Map<String, String> given) {
        return new TableDefinition(
                id,
                schema,
                name,
                schemaVersion,
                columns,
                sortKey,
                partitionBy,
                primaryKey,
                nextColumnId,
                checks,
                ttl,
                given);
    }

    /// How long what was changed can still be read as it was before; 0: not at all.
    public long historyMicros() {
        String history = options.get(HistoryPeriod.OPTION);
        return history == null ? 0 : HistoryPeriod.micros(history);
    }

    /// The columns that a statement gives values for: those that are not generated.
    public Schema givenSchema() {
        return new Schema(
                columns.stream()
                        .filter(column -> !column.isGenerated())
                        .map(ColumnDefinition::field)
                        .toList());
    }

    /// Whether rows are more than values of the columns' types: whether there are generated columns or checks.
    public boolean hasRules() {
        boolean found = !checks.isEmpty();
        for (int i = 0; i < columns.size() && !found; i++) {
            found = columns.get(i).isGenerated();
        }
        return found;
    }

    /// With another column in the place of the one of the same id.
    public TableDefinition withColumn(ColumnDefinition given) {
        return withColumns(
                columns.stream()
                        .map(column -> column.id() == given.id() ? given : column)
                        .toList());
    }

    /// The column of that name, ignoring case; null where there is none.
    public @Nullable ColumnDefinition column(String wanted) {
        for (ColumnDefinition column : columns) {
            if (column.name().equalsIgnoreCase(wanted)) {
                return column;
            }
        }
        return null;
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

    /// A definition while one thing about it changes.
    private static final class Draft {
        int id;
        String schema;
        String name;
        int schemaVersion;
        List<ColumnDefinition> columns;
        final List<Integer> sortKey;
        final List<PartitionTransform> partitionBy;
        final List<Integer> primaryKey;
        int nextColumnId;
        List<CheckConstraint> checks;
        @Nullable StoredExpression ttl;
        final Map<String, String> options;

        Draft(TableDefinition from) {
            id = from.id;
            schema = from.schema;
            name = from.name;
            schemaVersion = from.schemaVersion;
            columns = from.columns;
            sortKey = from.sortKey;
            partitionBy = from.partitionBy;
            primaryKey = from.primaryKey;
            nextColumnId = from.nextColumnId;
            checks = from.checks;
            ttl = from.ttl;
            options = from.options;
        }

        TableDefinition finished() {
            return new TableDefinition(
                    id,
                    schema,
                    name,
                    schemaVersion,
                    columns,
                    sortKey,
                    partitionBy,
                    primaryKey,
                    nextColumnId,
                    checks,
                    ttl,
                    options);
        }
    }
}
