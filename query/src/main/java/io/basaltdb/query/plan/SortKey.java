package io.basaltdb.query.plan;

/// One column of an order. NULLs last is the default in both directions.
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
