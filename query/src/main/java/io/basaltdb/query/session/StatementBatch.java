package io.basaltdb.query.session;

import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement, executed with each row of parameters in turn, in one transaction.
///
/// @param token under which it inserts; null for none
record StatementBatch(
        String sql,
        List<List<Session.Parameter>> executions,
        @Nullable InsertToken token,
        RowChange.Runs runs)
        implements Writes.Work {
    @Override
    public long run(Transaction transaction) {
        PlannedQuery planned =
                runs.at(transaction)
                        .planner()
                        .plan(sql, executions.isEmpty() ? List.of() : executions.getFirst());
        if (RowChange.returnsRows(planned)) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a statement that returns rows cannot be executed as a batch; leave RETURNING"
                            + " out");
        }
        return TokenedInsert.once(transaction, planned, token, () -> all(transaction));
    }

    private long all(Transaction transaction) {
        long rows = 0;
        for (List<Session.Parameter> parameters : executions) {
            rows += new RowChange(sql, parameters, false, null, runs).run(transaction);
        }
        return rows;
    }
}
