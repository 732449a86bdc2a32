/// Reads relations: morsels of granules, pruned when the query is bound and again while it runs.
///
/// Doors: [ScanSource], [ScanColumns]. Made by execution; knows relations and splits, nothing of plans.
///
/// A granule goes through five steps, and each reads only what the rows that are left need: zone maps against the dynamic filters; the rows that
/// live; the predicates on single columns, on encoded data, the most selective first; the columns of dynamic filters and of the remaining
/// predicate; at last all other columns.
///
/// Where only least and greatest values are asked for, a granule whose rows all pass is answered from its zone maps.
@NullMarked
package io.basaltdb.query.operator.scan;

import org.jspecify.annotations.NullMarked;
