/// The bytes between a client and the engine: frames, wire types and the Arrow IPC encoding of
/// result batches. It opens no socket and starts no thread; both ends of a connection and the in-
/// process transport use the same classes. The module has no dependencies and its class files run
/// on Java 11, because the driver carries them.
@NullMarked
package io.basaltdb.protocol;

import org.jspecify.annotations.NullMarked;
