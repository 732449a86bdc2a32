/// The wire session: one client's side of the protocol as a state machine, bytes and frames in,
/// frames out. It knows no socket and has no thread of its own, so it runs behind Netty, inside a
/// program and under a fuzzer alike.
///
/// Doors: [WireSession], made with [WireOptions], a [SessionSource] and a [FrameOutput].
///
/// Two sides call it. *Intake* ([WireSession#receive]) never waits and never runs a statement: it
/// cuts frames, opens streams, counts credit, and passes on a cancellation at once, even while a
/// statement runs. *Work* ([WireSession#workOnce]) is called by one thread at a time, may wait for
/// the engine and for the output, and does one piece: one record batch of one stream. Streams that
/// can go on take turns.
///
/// Each kind of request is one task: [QueryTask], [InsertTask], [PrepareTask], [CloseTask],
/// [PingTask], [RefuseTask]; a question about the catalog becomes a query ([CatalogQueries]).
///
/// Not here: rows to bytes (package `rows`), sockets, the registry of databases.
@NullMarked
package io.basaltdb.embedded.wire;

import org.jspecify.annotations.NullMarked;
