package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.execution.ScanPruning;
import io.basaltdb.query.plan.PlanJson;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.PlanPrinter;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// EXPLAIN: the plan as text, each scan with the parts, granules and rows that pruning leaves to it; with ANALYZE the query runs and each operator says what it took.
final class ExplainStatements {
    private final StatementRun run;
    private final long queryId;

    ExplainStatements(StatementRun run, long queryId) {
        this.run = run;
        this.queryId = queryId;
    }

    Result execute(
            Statement.Explain explain, PlannedQuery planned, List<Session.Parameter> parameters) {
        boolean json = explain.format() == Statement.Explain.Format.JSON;
        if (!explain.analyze()) {
            return lines(
                    json
                            ? PlanJson.print(planned.plan())
                            : PlanPrinter.print(planned.plan(), this::pruned));
        }
        if (json) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "EXPLAIN ANALYZE gives text only; leave FORMAT JSON or ANALYZE out");
        }
        if (!(explain.statement() instanceof Statement.Query)) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "EXPLAIN ANALYZE runs queries only; leave ANALYZE out");
        }
        try (QueryExecution execution = run.start(planned, parameters, null)) {
            while (execution.next() != null) {
                // Only what it took is wanted.
            }
            return lines(execution.profile().text());
        }
    }

    /// What pruning leaves to a scan, where it has something to prune by.
    private @Nullable String pruned(PlanNode node) {
        ScanPruning kept =
                node instanceof PlanNode.Scan scan ? ScanPruning.of(scan, run.relations()) : null;
        return kept == null ? null : kept.text();
    }

    private Result lines(String text) {
        return RowsResult.rows(
                Schema.of(new Field("plan", Type.TEXT, false)),
                text.lines().map(line -> List.of(Value.of(line))).toList(),
                queryId,
                run.snapshot().commit());
    }
}
