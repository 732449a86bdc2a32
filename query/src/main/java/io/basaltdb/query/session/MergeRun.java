package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.Statement.Merge;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// MERGE: its parts one after the other, all at one snapshot, in one transaction.
final class MergeRun {
    private final StatementRun run;
    private final Merge merge;
    private final String schema;

    /// @param schema of the session
    MergeRun(StatementRun run, Merge merge, String schema) {
        this.run = run;
        this.merge = merge;
        this.schema = schema;
    }

    /// The number of rows that were changed.
    long run(List<Session.Parameter> parameters, Transaction transaction) {
        if (parameters.size() != merge.parameterCount()) {
            throw new BasaltException(
                    ErrorCode.WRONG_PARAMETER_COUNT,
                    "the statement has "
                            + merge.parameterCount()
                            + " parameters, but "
                            + parameters.size()
                            + " were given");
        }
        Merge.Part check = merge.check(schema);
        if (givesRows(plan(check, parameters), of(check, parameters))) {
            throw new BasaltException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "MERGE would change a row of "
                            + merge.target()
                            + " twice; let the source name each row once, for example by SELECT"
                            + " DISTINCT ON (key) …");
        }
        long rows = 0;
        for (Merge.Part part : merge.parts()) {
            rows += run.count(plan(part, parameters), of(part, parameters), transaction);
        }
        return rows;
    }

    /// The type of each parameter, as the first part that uses it asks for it.
    List<Type> parameterTypes() {
        List<Type> types = new ArrayList<>(Collections.nCopies(merge.parameterCount(), Type.TEXT));
        for (Merge.Part part : merge.parts().reversed()) {
            List<Type> own = planned(part, List.of()).parameters();
            for (int i = 0; i < own.size(); i++) {
                types.set(part.parameters().get(i), own.get(i));
            }
        }
        return types;
    }

    private PlannedQuery plan(Merge.Part part, List<Session.Parameter> parameters) {
        return planned(part, of(part, parameters));
    }

    /// @param own values of the part's parameters; none where they are not known
    private PlannedQuery planned(Merge.Part part, List<Session.Parameter> own) {
        try {
            return run.planner().plan(part.sql(), own);
        } catch (BasaltException wrong) {
            // Its place is one in the part's text, which nobody wrote.
            throw new BasaltException(wrong.code(), wrong.text(), wrong);
        }
    }

    private static List<Session.Parameter> of(Merge.Part part, List<Session.Parameter> parameters) {
        return part.parameters().stream().map(parameters::get).toList();
    }

    private boolean givesRows(PlannedQuery planned, List<Session.Parameter> parameters) {
        try (QueryExecution execution = run.start(planned, parameters, null)) {
            return execution.next() != null;
        }
    }
}
