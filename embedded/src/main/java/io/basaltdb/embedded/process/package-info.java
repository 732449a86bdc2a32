/// The engine inside the program that uses it: databases that are open in this JVM, and the transport
/// that carries frames to them without a socket.
///
/// Doors: [InProcessProvider], found by the driver through `ServiceLoader`; [DatabaseRegistry], by
/// which a directory is opened once however many connections want it, and closed after the last.
///
/// The transport has no thread: whoever waits for an answer does the session's work meanwhile. So an
/// embedded query runs on the thread that asked for it, and on the engine's workers.
///
/// Not here: what the frames mean (package `wire`).
@NullMarked
package io.basaltdb.embedded.process;

import org.jspecify.annotations.NullMarked;
