package io.basaltdb.embedded.wire;

import io.basaltdb.embedded.rows.BatchDecoder;
import io.basaltdb.embedded.rows.ParameterDecoder;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.session.Session;

/// Where the rows of an insert go.
sealed interface RowTarget extends AutoCloseable {
    void append(WireBatch rows);

    /// Makes the rows durable and visible; returns how many rows were changed.
    long commit();

    @Override
    void close();

    /// Straight into a table, as columns, in one atomic insert.
    record Table(Session.BulkInsert insert, BatchDecoder decoder) implements RowTarget {
        @Override
        public void append(WireBatch rows) {
            decoder.decode(rows, insert::append);
        }

        @Override
        public long commit() {
            return insert.commit();
        }

        @Override
        public void close() {
            insert.close();
        }
    }

    /// Through a statement that each row executes, each by itself.
    final class Statement implements RowTarget {
        private final Session.Prepared prepared;
        private long changed;

        Statement(Session.Prepared prepared) {
            this.prepared = prepared;
        }

        @Override
        public void append(WireBatch rows) {
            for (int row = 0; row < rows.rowCount(); row++) {
                try (Result result = prepared.execute(ParameterDecoder.decode(rows, row))) {
                    while (result.next() != null) {}
                    changed += Math.max(0, result.updateCount());
                }
            }
        }

        @Override
        public long commit() {
            return changed;
        }

        @Override
        public void close() {
            prepared.close();
        }
    }
}
