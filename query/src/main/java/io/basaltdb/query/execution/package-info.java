/// Turns a plan into pipelines and runs them: morsels, lanes, workers, profile, cancel.
///
/// Doors: `PipelineBuilder`, `WorkerPool`, `QueryContext`, `QueryExecution`, [Result]. Called by the engine's session. Workers are platform threads given by the
/// engine; a lane yields after 2 ms, and ready lanes are ordered by the processor time that their query has used.
@NullMarked
package io.basaltdb.query.execution;

import org.jspecify.annotations.NullMarked;
