package io.basaltdb.embedded.wire;

import io.basaltdb.embedded.rows.BatchDecoder;
import io.basaltdb.embedded.rows.ParameterDecoder;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

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

    /// Through a statement that each row executes, all of them as one atomic change: so they are held until the end.
    final class Statement implements RowTarget {
        private static final long MAX_VALUES = 1 << 22;

        private final Session session;
        private final String sql;
        private final String token;
        private final List<List<Session.Parameter>> executions = new ArrayList<>();
        private long valueCount;

        Statement(Session session, String sql, String token) {
            this.session = session;
            this.sql = sql;
            this.token = token;
        }

        @Override
        public void append(WireBatch rows) {
            valueCount += (long) rows.rowCount() * rows.columns().size();
            if (valueCount > MAX_VALUES) {
                throw new BasaltException(
                        ErrorCode.PROGRAM_LIMIT,
                        "a batch of this statement holds at most "
                                + MAX_VALUES
                                + " values; send it in smaller ones");
            }
            for (int row = 0; row < rows.rowCount(); row++) {
                executions.add(ParameterDecoder.decode(rows, row));
            }
        }

        @Override
        public long commit() {
            return session.executeAll(sql, executions, token);
        }

        @Override
        public void close() {
            executions.clear();
        }
    }
}
