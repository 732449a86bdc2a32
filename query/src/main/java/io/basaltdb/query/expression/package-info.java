/// Bound expressions and their evaluation over batches.
///
/// Doors: [Expression] (sealed records: what to compute), `Evaluator` (computes a vector), `Filter` (computes a selection). The
/// optimizer builds expressions; operators evaluate them. Nothing here knows the SQL text or Calcite.
///
/// Three-valued logic as in SQL. An expression that can fail on some input (division, cast, overflow) fails only for lanes that are selected and reached:
/// CASE, COALESCE, AND, OR narrow the lanes of what stands behind them.
///
/// The body of a lambda is an expression as well, over batches of elements: [ListLambda] is the function that holds it, and spreads lists.
@NullMarked
package io.basaltdb.query.expression;

import org.jspecify.annotations.NullMarked;
