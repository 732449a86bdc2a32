package io.basaltdb.storage.catalog;

/// A named query.
///
/// @param sql the query's text as it was given
/// @param defaultSchema the schema in which unqualified names of the text are looked up
public record ViewDefinition(
        int id, String schema, String name, String sql, String defaultSchema) {}
