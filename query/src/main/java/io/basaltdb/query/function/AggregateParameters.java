package io.basaltdb.query.function;

import java.util.List;

/// What a call of an aggregate function says beside its arguments, the same for all rows.
///
/// @param separator between the texts of STRING_AGG
/// @param fraction of quantiles, 0 to 1
/// @param order how the last arguments of the call order its rows, one direction for each
public record AggregateParameters(String separator, double fraction, List<Direction> order) {
    public static final AggregateParameters NONE = new AggregateParameters("", 0, List.of());

    public AggregateParameters {
        order = List.copyOf(order);
    }

    /// The direction of a key.
    public record Direction(boolean descending, boolean nullsFirst) {
        public static final Direction ASCENDING = new Direction(false, false);
    }

    public static AggregateParameters separatedBy(String separator) {
        return new AggregateParameters(separator, 0, List.of());
    }

    /// A quantile of the first argument, in ascending order.
    public static AggregateParameters at(double fraction) {
        return new AggregateParameters("", fraction, List.of());
    }

    public AggregateParameters orderedBy(List<Direction> directions) {
        return new AggregateParameters(separator, fraction, directions);
    }
}
