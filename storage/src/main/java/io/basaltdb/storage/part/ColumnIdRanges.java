package io.basaltdb.storage.part;

import io.basaltdb.storage.type.Ranges;

/// A predicate on one column of a part, named by its id.
public record ColumnIdRanges(int columnId, Ranges ranges) {}
