package io.basaltdb.query.optimizer;

import io.basaltdb.query.relation.AddressedTable;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What planning must know of something that can be scanned.
///
/// @param statistics at the snapshot of the planning; a plan may outlive it, so that they guide choices and never answers
/// @param defaults per column the DEFAULT expression as text, null where there is none; empty where no column has one
/// @param sortKey positions of the columns that order the rows within a part
/// @param generated positions of the columns that are computed from others and never given
/// @param keys sets of columns of which no two rows have the same values
public record TableView(
        RelationName relation,
        Schema schema,
        TableStatistics statistics,
        List<@Nullable String> defaults,
        List<Integer> sortKey,
        List<List<Integer>> keys,
        List<Integer> generated) {
    public TableView {
        sortKey = List.copyOf(sortKey);
        keys = List.copyOf(keys);
        generated = List.copyOf(generated);
    }

    /// Without generated columns.
    public TableView(
            RelationName relation,
            Schema schema,
            TableStatistics statistics,
            List<@Nullable String> defaults,
            List<Integer> sortKey,
            List<List<Integer>> keys) {
        this(relation, schema, statistics, defaults, sortKey, keys, List.of());
    }

    /// DEFAULT of a column as text.
    public @Nullable String defaultSql(int column) {
        return column < defaults.size() ? defaults.get(column) : null;
    }

    /// The rows of a point in the past, which may have NULL where none may be now, but for the primary key.
    public TableView asOf(RelationName.Past name) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            int column = i;
            boolean inKey = keys.stream().anyMatch(key -> key.contains(column));
            fields.add(new Field(field.name(), field.type(), field.nullable() || !inKey));
        }
        return new TableView(name, new Schema(fields), statistics, List.of(), sortKey, keys);
    }

    /// The same rows with their addresses as one more column.
    public TableView withAddresses(RelationName.Addressed name) {
        return new TableView(
                name,
                AddressedTable.schema(schema),
                AddressedTable.statistics(statistics),
                List.of(),
                sortKey,
                keys);
    }
}
