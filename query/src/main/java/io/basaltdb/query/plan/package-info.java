/// What will be executed, as immutable records: the border between SQL and the engine.
///
/// Doors: [PlanNode] (sealed), [PlanPrinter], [PlanCheck]. The optimizer builds plans; execution turns them into pipelines; EXPLAIN prints
/// them. A plan names relations and never holds a snapshot, so one plan serves many executions.
@NullMarked
package io.basaltdb.query.plan;

import org.jspecify.annotations.NullMarked;
