/// The engine behind a port: sockets, TLS and HTTP around the wire sessions of the embedded module.
/// Bytes enter and leave here; what they mean is decided one module below.
@NullMarked
package io.basaltdb.server;

import org.jspecify.annotations.NullMarked;
