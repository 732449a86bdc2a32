package io.basaltdb.query.execution;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.OperatorCounters;
import io.basaltdb.storage.memory.MemoryBudget;

/// What one operator of one lane sees of its query.
record LaneContext(
        QueryExecution execution,
        OperatorProfile profile,
        OperatorCounters counters,
        int laneCount,
        int lane)
        implements OperatorContext {
    LaneContext(QueryExecution execution, OperatorProfile profile, int laneCount, int lane) {
        this(execution, profile, new OperatorCounters(), laneCount, lane);
    }

    private QueryContext query() {
        return execution.query();
    }

    @Override
    public MemoryBudget memory() {
        return profile.memory();
    }

    @Override
    public EvaluationContext evaluation() {
        return query().evaluation();
    }

    @Override
    public void checkCancelled() {
        query().checkCancelled();
    }
}
