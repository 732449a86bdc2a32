package io.basaltdb.query.operator;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.memory.MemoryBudget;

/// What an operator may ask of the query that it works for.
public interface OperatorContext {
    /// The query's budget: rows that are kept are reserved here before they are allocated.
    MemoryBudget memory();

    /// Parameters, clock and settings for expressions.
    EvaluationContext evaluation();

    /// Raises QUERY_CANCELED where the query was cancelled or its time is over; costs one volatile read.
    void checkCancelled();

    /// Number of lanes that the pipeline runs with.
    int laneCount();

    /// This lane's number, from 0.
    int lane();
}
