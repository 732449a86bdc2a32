/// Rows that an operator keeps: columnar, copied from lent batches, held under a reservation.
///
/// Doors: [RowStore] (appends batches, gives rows back), [ColumnStore] (one column of it), [KeptLane] (fills
/// one for a lane of a pipeline). Used by joins, sorts, windows and top-N; grouping has tables of its own.
///
/// A store grows by doubling flat arrays, so a row is found by one index. A TEXT column whose rows all come from one dictionary keeps codes; a wide
/// DECIMAL whose values all fit keeps one `long` per row. A store is filled by one thread; once filled it may be read by many.
@NullMarked
package io.basaltdb.query.operator.rows;

import org.jspecify.annotations.NullMarked;
