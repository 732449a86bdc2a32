package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.storage.type.Type;

/// Where a call's state lies and how its result follows from it. Offsets are those of [LongStates]; `other` is an index of [AggregateShape#others].
sealed interface CallState {
    /// COUNT.
    record Count(int count) implements CallState {}

    /// SUM of whole numbers.
    record WholeSum(int sum, int count, Type type, String name) implements CallState {}

    /// SUM of wide numbers: those of batches that fit one word each, and the others.
    record WideSum(int narrow, int wide, int count, Type type, String name) implements CallState {}

    /// AVG of whole or wide numbers.
    ///
    /// @param wide where the sum of wide numbers lies, or [#NO_WIDE]
    record WholeAverage(int sum, int wide, int count, int scale) implements CallState {
        static final int NO_WIDE = -1;
    }

    /// SUM and AVG of doubles.
    record DoubleSum(int other, int count, boolean average) implements CallState {}

    /// MIN, MAX, ANY_VALUE, BOOL_… and BIT_… of what is one ordered long.
    record OneLong(int value, int count, Type type) implements CallState {}

    /// Variance and standard deviation of whole numbers.
    record WholeMoments(int sum, int squares, int count, int scale, AggregateFunction function)
            implements CallState {}

    /// Variance and standard deviation of doubles.
    record DoubleMoments(int other, int count, AggregateFunction function) implements CallState {}

    /// Covariance, correlation, regression.
    record DoublePairs(int other, AggregateFunction function) implements CallState {}

    /// What follows from the ordered rows of a group.
    ///
    /// @param value which of the kept inputs the call is about
    record OfRows(
            int other,
            int value,
            AggregateFunction function,
            AggregateParameters parameters,
            Type type)
            implements CallState {}

    /// Quantiles, or the states that they are taken from.
    record Quantiles(int other, AggregateParameters parameters, Type type) implements CallState {}

    /// Whatever knows its own result.
    record Other(int other) implements CallState {}
}
