package io.basaltdb.query.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call of an aggregate function says beside its arguments, the same for all rows.
///
/// @param separator between the texts of STRING_AGG
/// @param numbers the fractions of quantiles, each from 0 to 1; how many values TOP_K gives
/// @param code the code of an aggregate that a user wrote; null for all others
/// @param order how the last arguments of the call order its rows, one direction for each
public record AggregateParameters(
        String separator,
        List<Double> numbers,
        List<Direction> order,
        @Nullable UserAggregate code) {
    public static final AggregateParameters NONE =
            new AggregateParameters("", List.of(), List.of());

    public AggregateParameters {
        numbers = List.copyOf(numbers);
        order = List.copyOf(order);
    }

    /// Of no aggregate that a user wrote.
    public AggregateParameters(String separator, List<Double> numbers, List<Direction> order) {
        this(separator, numbers, order, null);
    }

    /// Of an aggregate that a user wrote.
    public static AggregateParameters of(UserAggregate code) {
        return new AggregateParameters("", List.of(), List.of(), code);
    }

    /// The direction of a key.
    public record Direction(boolean descending, boolean nullsFirst) {
        public static final Direction ASCENDING = new Direction(false, false);
    }

    public static AggregateParameters separatedBy(String separator) {
        return new AggregateParameters(separator, List.of(), List.of());
    }

    /// Quantiles of the first argument in ascending order, or how many values there are to be.
    public static AggregateParameters of(List<Double> numbers) {
        return new AggregateParameters("", numbers, List.of());
    }

    /// The first of the numbers, 0 where there is none.
    public double number() {
        return numbers.isEmpty() ? 0 : numbers.getFirst();
    }

    public AggregateParameters orderedBy(List<Direction> directions) {
        return new AggregateParameters(separator, numbers, directions, code);
    }
}
