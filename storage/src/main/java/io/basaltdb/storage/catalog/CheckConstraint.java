package io.basaltdb.storage.catalog;

/// A condition that is false for no row of a table.
///
/// @param name unique within the table, ignoring case
public record CheckConstraint(String name, StoredExpression condition) {}
