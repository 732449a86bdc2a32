package io.basaltdb.embedded.fake;

import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// A result that gives one batch after the other.
class FakeResult implements Result {
    private final FakeDatabase database;
    private final Schema schema;
    private final long updateCount;
    private boolean isClosed;

    FakeResult(FakeDatabase database, Schema schema, long updateCount) {
        this.database = database;
        this.schema = schema;
        this.updateCount = updateCount;
        database.openResults.incrementAndGet();
    }

    static Result update(FakeDatabase database, long count) {
        return new FakeResult(database, new Schema(List.of()), count);
    }

    /// A batch per row, all constants: the form that needs no loops.
    static Result rows(FakeDatabase database, Schema schema, List<List<Value>> rows) {
        Iterator<List<Value>> rest = rows.iterator();
        return new FakeResult(database, schema, -1) {
            @Override
            public Batch next() {
                if (!rest.hasNext()) {
                    return null;
                }
                List<Value> row = rest.next();
                List<Vector> columns = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    columns.add(new ConstantVector(schema.type(i), 1, row.get(i)));
                }
                return new Batch(1, columns);
            }
        };
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Batch next() {
        return null;
    }

    @Override
    public long updateCount() {
        return updateCount;
    }

    @Override
    public long queryId() {
        return 7;
    }

    @Override
    public long commit() {
        return 42;
    }

    @Override
    public QueryProgress progress() {
        return new QueryProgress(0, 0, 0);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            database.openResults.decrementAndGet();
        }
    }
}
