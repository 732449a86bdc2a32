package io.basaltdb.storage.catalog;

/// An expression over one row of a table, with what it needs to mean the same in every session.
///
/// @param sql as text
/// @param timeZone of the session that wrote it
public record StoredExpression(String sql, String timeZone) {}
