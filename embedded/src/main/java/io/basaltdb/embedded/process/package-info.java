/// The engine inside the program that uses it: databases that are open in this JVM, and the transport
/// that carries frames to them without a socket.
///
/// Doors: [InProcessProvider], found by the driver through `ServiceLoader`; [DatabaseRegistry], by
/// which a directory is opened once however many connections want it, and closed after the last;
/// [WarmUp].
///
/// The transport has no thread: whoever waits for an answer does the session's work meanwhile. So an
/// embedded query runs on the thread that asked for it, and on the engine's workers.
///
/// **Warm-up**: once a database is open and nothing is done, made-up queries run in the background ([WarmUp], decision 17), so that the JVM has compiled
/// what queries are made of.
///
/// **A second process** on a directory becomes a client of the first, its owner. `LOCK` says who that is: the operating system gives it to one
/// process, until its end. The owner listens on a local socket, and `owner` in the directory, readable by its user alone, holds its process id, the
/// socket's path and a token (`OwnerFile`). Whoever cannot get the lock sends the token there and goes on with frames (`AttachedTransport`,
/// `AttachedSession`). When the owner ends, connections through it break with SQLSTATE 08006 and open transactions are rolled back; whoever connects
/// again first is the next owner. Where no socket is possible a second process is refused by name.
///
/// Not here: what the frames mean (package `wire`).
@NullMarked
package io.basaltdb.embedded.process;

import org.jspecify.annotations.NullMarked;
