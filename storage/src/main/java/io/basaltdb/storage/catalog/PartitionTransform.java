package io.basaltdb.storage.catalog;

/// How a row's partition follows from one of its columns. Immutable functions only, so that the answer never changes.
public sealed interface PartitionTransform {
    int columnId();

    /// The column's value itself.
    record Identity(int columnId) implements PartitionTransform {}

    /// The start of the calendar unit (in UTC) that the DATE or TIMESTAMP lies in.
    record DateTrunc(int columnId, Unit unit) implements PartitionTransform {}

    /// Calendar units that a partition can have.
    enum Unit {
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }
}
