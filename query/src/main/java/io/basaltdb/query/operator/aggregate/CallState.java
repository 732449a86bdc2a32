package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.storage.type.Type;

/// Where a call's state lies and how its result follows from it. Offsets are those of [LongStates]; `other` is an index of [AggregateShape#others].
sealed interface CallState {
    /// COUNT.
    record Count(int count) implements CallState {}

    /// SUM of whole numbers.
    record WholeSum(int sum, int count, Type type, String name) implements CallState {}

    /// SUM of wide numbers.
    record WideSum(int sum, int count, Type type, String name) implements CallState {}

    /// AVG of whole or wide numbers.
    ///
    /// @param wide whether the sum has three words
    record WholeAverage(int sum, int count, boolean wide, int scale) implements CallState {}

    /// SUM and AVG of doubles.
    record DoubleSum(int other, int count, boolean average) implements CallState {}

    /// MIN, MAX, ANY_VALUE, BOOL_… and BIT_… of what is one ordered long.
    record OneLong(int value, int count, Type type) implements CallState {}

    /// Variance and standard deviation of whole numbers.
    record WholeMoments(int sum, int squares, int count, int scale, AggregateFunction function)
            implements CallState {}

    /// Variance and standard deviation of doubles.
    record DoubleMoments(int other, int count, AggregateFunction function) implements CallState {}

    /// Whatever knows its own result.
    record Other(int other) implements CallState {}
}
