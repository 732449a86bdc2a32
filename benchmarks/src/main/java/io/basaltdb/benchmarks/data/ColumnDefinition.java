package io.basaltdb.benchmarks.data;

/// A column of a generated table.
///
/// @param nullable whether some rows may hold no value
public record ColumnDefinition(String name, ColumnType type, boolean nullable) {

    /// A column in which every row holds a value.
    public ColumnDefinition(String name, ColumnType type) {
        this(name, type, false);
    }
}
