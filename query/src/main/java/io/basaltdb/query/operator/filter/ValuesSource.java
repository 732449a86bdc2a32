package io.basaltdb.query.operator.filter;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Rows of constants, in the order in which they stand.
public final class ValuesSource implements Source {
    private final List<List<Value>> rows;
    private final Schema schema;

    public ValuesSource(List<List<Value>> rows, Schema schema) {
        this.rows = List.copyOf(rows);
        this.schema = schema;
    }

    @Override
    public int laneLimit() {
        return 1;
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new LocalSource() {
            private int next;

            @Override
            public Progress next() {
                if (next == rows.size()) {
                    return Progress.FINISHED;
                }
                int end = Math.min(rows.size(), next + Batch.MAX_ROWS);
                Batch batch = batch(rows.subList(next, end));
                next = end;
                return new Progress.Rows(batch);
            }

            @Override
            public void close() {}
        };
    }

    private Batch batch(List<List<Value>> some) {
        List<Vector> columns = new ArrayList<>(schema.size());
        for (int c = 0; c < schema.size(); c++) {
            int column = c;
            columns.add(
                    ValueVectors.of(
                            schema.type(c), some.stream().map(row -> row.get(column)).toList()));
        }
        return new Batch(some.size(), columns);
    }
}
