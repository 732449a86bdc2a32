package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Ranges;

/// A predicate on one column: its position in the relation and the values that it may have.
public record ColumnRanges(int column, Ranges ranges) {}
