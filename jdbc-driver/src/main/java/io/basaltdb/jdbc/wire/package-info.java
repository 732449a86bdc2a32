/// The client's side of the protocol: connections, streams, answers. No JDBC here.
///
/// Doors: [WireConnection] (opens a session, sends requests, sorts frames by stream), [Answer] (what
/// one request gives: schema, batches, end), [BatchInsert], [SocketProvider]. Called by the
/// statements and the meta data of the driver.
///
/// There is no reader thread: whoever waits for its stream reads the transport and puts frames of
/// other streams into their queues, so a small query costs no switch of threads.
///
/// Not here: values and their conversion (package `value`), `java.sql`.
@NullMarked
package io.basaltdb.jdbc.wire;

import org.jspecify.annotations.NullMarked;
