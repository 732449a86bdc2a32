package io.basaltdb.benchmarks.data;

/// A column of a generated table; no generated column holds nulls.
public record ColumnDefinition(String name, ColumnType type) {}
