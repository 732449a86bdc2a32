package io.basaltdb.storage.type;

/// A named column of a batch, table or result.
public record Field(String name, Type type, boolean nullable) {}
