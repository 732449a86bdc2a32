package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An INSERT, UPDATE or DELETE: planned and carried out at the snapshot of each transaction that it is tried in. What it returns is held until the
/// commit, since a try may be in vain.
final class RowChange implements Writes.Work {
    /// Runs a statement at the transaction's snapshot.
    interface Runs {
        StatementRun at(Transaction transaction);
    }

    private final String sql;
    private final List<Session.Parameter> parameters;
    private final boolean isAlone;
    private final @Nullable InsertToken token;
    private final Runs runs;
    private @Nullable PlannedQuery planned;
    private List<List<Value>> rows = new ArrayList<>();

    /// @param token under which it inserts; null for none
    RowChange(
            String sql,
            List<Session.Parameter> parameters,
            boolean isAlone,
            @Nullable InsertToken token,
            Runs runs) {
        this.sql = sql;
        this.parameters = parameters;
        this.isAlone = isAlone;
        this.token = token;
        this.runs = runs;
    }

    /// Whether it is a statement that writes and gives rows.
    static boolean returnsRows(@Nullable PlannedQuery planned) {
        return planned != null
                && planned.plan() instanceof PlanNode.Project(PlanNode input, _, _)
                && switch (input) {
                    case PlanNode.Insert insert -> insert.returnsRows();
                    case PlanNode.Update update -> update.returnsRows();
                    case PlanNode.Delete delete -> delete.returnsRows();
                    default -> false;
                };
    }

    @Override
    public long run(Transaction transaction) {
        StatementRun run = runs.at(transaction);
        PlannedQuery plan = run.planner().plan(sql, parameters);
        planned = plan;
        return TokenedInsert.once(transaction, plan, token, () -> run(run, plan, transaction));
    }

    private long run(StatementRun run, PlannedQuery plan, Transaction transaction) {
        if (isAlone && isBlind(plan.plan())) {
            transaction.changeBlindly();
        }
        if (!returnsRows(plan)) {
            return run.count(plan, parameters, transaction);
        }
        rows = new ArrayList<>();
        try (QueryExecution execution = run.start(plan, parameters, transaction)) {
            Batch batch = execution.next();
            while (batch != null) {
                take(batch);
                batch = execution.next();
            }
        }
        return rows.size();
    }

    private void take(Batch batch) {
        for (int i = 0; i < batch.rowCount(); i++) {
            int lane = batch.selection() == null ? i : batch.selection().rows()[i];
            List<Value> row = new ArrayList<>(batch.columnCount());
            for (Vector column : batch.columns()) {
                row.add(Lanes.value(column, lane));
            }
            rows.add(row);
        }
    }

    /// Whether no row that is written depends on one that was read: all of them stand in the statement and take the places of those that are there.
    private static boolean isBlind(PlanNode plan) {
        PlanNode write = plan instanceof PlanNode.Project project ? project.input() : plan;
        return write instanceof PlanNode.Insert insert
                && insert.rule() instanceof KeyRule.Replace
                && stand(insert.input());
    }

    private static boolean stand(PlanNode rows) {
        return rows instanceof PlanNode.Values
                || rows instanceof PlanNode.Rows
                || (rows instanceof PlanNode.Project project && stand(project.input()));
    }

    Result result(Writes.Outcome outcome, long queryId) {
        PlannedQuery plan = planned;
        if (plan == null || !returnsRows(plan)) {
            return RowsResult.count(outcome.rows(), queryId, outcome.commit());
        }
        Schema columns = plan.columns();
        return RowsResult.rows(columns, rows, queryId, outcome.commit());
    }
}
