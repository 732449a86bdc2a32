package io.basaltdb.query.operator.sort;

import io.basaltdb.query.operator.rows.RowStore;

/// Rows in an order: some sorted runs of row numbers that are merged while they are read.
///
/// @param order row numbers; run r is `order[runEnds[r − 1]]` … `order[runEnds[r] − 1]`
/// @param offset rows of the merged order to leave out at its start
/// @param limit most rows to give
record SortedRows(
        RowStore rows, KeyWords keys, int[] order, int[] runEnds, long offset, long limit) {}
