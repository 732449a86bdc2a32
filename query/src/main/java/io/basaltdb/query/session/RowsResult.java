package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A few rows that are there already, or none and a count.
final class RowsResult implements Result {
    private final Schema schema;
    private final List<List<Value>> rows;
    private final long updateCount;
    private final long queryId;
    private final long commit;
    private int given;

    private RowsResult(
            Schema schema, List<List<Value>> rows, long updateCount, long queryId, long commit) {
        this.schema = schema;
        this.rows = rows;
        this.updateCount = updateCount;
        this.queryId = queryId;
        this.commit = commit;
    }

    static RowsResult rows(Schema schema, List<List<Value>> rows, long queryId, long commit) {
        return new RowsResult(schema, rows, -1, queryId, commit);
    }

    static RowsResult count(long updateCount, long queryId, long commit) {
        return new RowsResult(Schema.of(), List.of(), updateCount, queryId, commit);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        int from = given;
        int to = Math.min(rows.size(), from + Batch.MAX_ROWS);
        if (from == to) {
            return null;
        }
        given = to;
        List<Vector> columns = new ArrayList<>(schema.size());
        for (int c = 0; c < schema.size(); c++) {
            int column = c;
            List<Value> values =
                    rows.subList(from, to).stream().map(row -> row.get(column)).toList();
            columns.add(ValueVectors.of(schema.type(c), values));
        }
        return new Batch(to - from, columns);
    }

    @Override
    public long updateCount() {
        return updateCount;
    }

    @Override
    public long queryId() {
        return queryId;
    }

    @Override
    public long commit() {
        return commit;
    }

    @Override
    public QueryProgress progress() {
        return new QueryProgress(rows.size(), 0, rows.size());
    }

    @Override
    public void close() {}
}
