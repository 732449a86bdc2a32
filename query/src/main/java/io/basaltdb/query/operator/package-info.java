/// Operators: where batches come from, how they change, where they go.
///
/// Doors: [Source], [Transform], [Sink]; the sub-packages `scan`, `filter`, `aggregate`, `join`, `sort`, `window`, `write` hold one family each.
///
/// A pipeline is a source, some transforms and a sink, run by several **lanes** at once: each lane has its own [LocalSource],
/// [LocalTransform]s and [LocalSink], used by one thread at a time, and pulls morsels from the shared source until it is empty. When all lanes are
/// done, the sink is finished, in tasks that may run at once; then the pipelines that need it start. Nobody waits inside an operator: who cannot go
/// on answers with a signal, and the lane is parked until the signal fires.
///
/// **Ownership.** A local part frees what is local when it is closed, on every path. What a sink gathered is handed to the source or transform that reads
/// it, and freed when that is closed. A [DynamicFilter] carries what a later operator has learnt back to a scan.
@NullMarked
package io.basaltdb.query.operator;

import org.jspecify.annotations.NullMarked;
