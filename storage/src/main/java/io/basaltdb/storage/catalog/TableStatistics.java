package io.basaltdb.storage.catalog;

import java.util.List;

/// What is known of a table without reading it; `columns` by position. `rowCount` is exact where the table has no deleted rows.
///
/// @param columns not to be changed any more; perhaps not known before it is looked at: a count of rows needs none of them
public record TableStatistics(long rowCount, List<ColumnStatistics> columns) {}
