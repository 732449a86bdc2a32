package io.basaltdb.storage.part;

import io.basaltdb.storage.type.Type;

/// A column as a part holds it.
///
/// @param columnId the id in the table's definition; not negative
public record PartColumn(int columnId, Type type, boolean nullable) {}
