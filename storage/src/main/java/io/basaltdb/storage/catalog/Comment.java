package io.basaltdb.storage.catalog;

/// What its owner wrote about a table, a view or a column.
///
/// @param objectId id of the table or view
/// @param columnId id of the table's column; 0 for the table or view itself
/// @param text empty: there is no comment
public record Comment(int objectId, int columnId, String text) {}
