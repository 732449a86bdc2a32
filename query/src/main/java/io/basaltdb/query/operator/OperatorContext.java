package io.basaltdb.query.operator;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.memory.MemoryBudget;

/// What an operator may ask of the query that it works for. Each operator of each lane has its own.
public interface OperatorContext {
    /// This operator's part of the query's budget: rows that are kept are reserved here before they are allocated.
    MemoryBudget memory();

    /// Parameters, clock and settings for expressions.
    EvaluationContext evaluation();

    /// Raises QUERY_CANCELED where the query was cancelled or its time is over; costs one volatile read.
    void checkCancelled();

    /// What is counted for this operator in this lane. Time and rows are counted by the lane; the operator adds what only it knows.
    OperatorCounters counters();

    /// Number of lanes that the pipeline runs with.
    int laneCount();

    /// This lane's number, from 0.
    int lane();
}
