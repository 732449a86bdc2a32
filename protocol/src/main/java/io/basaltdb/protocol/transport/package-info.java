/// The seam between the driver and what carries its frames: a socket, or the engine in the same
/// process. A [Transport] is an ordered duplex of frames; a [TransportProvider] opens one for the
/// targets it knows and is found by `ServiceLoader`.
///
/// The driver brings the provider for sockets, the module `embedded` the one for a database in the
/// same process. Not here: what the frames mean.
@NullMarked
package io.basaltdb.protocol.transport;

import org.jspecify.annotations.NullMarked;
