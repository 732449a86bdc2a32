/// The engine behind a port.
///
/// Doors: [Server] (start, port, close) and [ServerOptions]. Packages: `net` owns sockets and tells
/// protocols apart by their first bytes, `http` answers HTTP. What frames mean is the wire session's
/// business, in the module `embedded`.
@NullMarked
package io.basaltdb.server;

import org.jspecify.annotations.NullMarked;
