/// Calcite tree → plan: one class per pass or rule.
///
/// Doors: [Optimizer] (a bound tree in, a plan out), [TableView] (what a plan must know of a table, statistics included),
/// [Phase] (the passes in their order). `sql` calls them; nobody else.
///
/// The law of every pass: an optimised statement never fails where the statement as written would not have. An expression that can
/// fail ([Fallibility]) therefore never moves below a filter, join or limit, never runs on rows that it did not run on, and is not
/// rewritten. Calcite's own rules do not know this, so only those are used that never touch expressions: the replacement of
/// sub-queries by correlated joins and their decorrelation. Everything that moves predicates or joins is written here.
///
/// Estimates come from [Cardinality] alone, fed by the table statistics of the snapshot; Calcite's own guesses are not asked.
///
/// Not here: names and types of the text (`sql`), what a plan node does (`operator`).
@NullMarked
package io.basaltdb.query.optimizer;

import org.jspecify.annotations.NullMarked;
