package io.basaltdb.query.execution;

import io.basaltdb.storage.vector.Batch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows that the last steps of recursions gave, by the recursion's number. Immutable.
record WorkingTables(Map<Integer, List<Batch>> rows) {
    static final WorkingTables NONE = new WorkingTables(Map.of());

    WorkingTables {
        rows = Map.copyOf(rows);
    }

    /// These and the rows of one more recursion, or other rows of the same.
    WorkingTables with(int table, List<Batch> batches) {
        Map<Integer, List<Batch>> more = new HashMap<>(rows);
        more.put(table, batches);
        return new WorkingTables(more);
    }

    List<Batch> of(int table) {
        List<Batch> found = rows.get(table);
        assert found != null : "recursion " + table + " is not running";
        return found;
    }
}
