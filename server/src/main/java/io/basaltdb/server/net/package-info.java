/// Sockets: listening, telling protocols apart by their first bytes, and carrying frames between a
/// channel and a wire session.
///
/// Door: [Listener]. Called by the server's root alone.
///
/// Netty's threads only move bytes: a session is worked on by a virtual thread of its own, which waits
/// for the engine and, when the client is slow, for the channel to become writable again. When a
/// session holds enough input the channel stops reading.
///
/// | first bytes | protocol |
/// |---|---|
/// | `BSLT` 01 | native frames |
/// | `GET `, `POST`, … | HTTP, package `http` |
/// | 00 00 xx xx, then a PostgreSQL request code | refused in PostgreSQL's words |
/// | 16 03 | TLS: refused with an alert |
/// | anything else | closed |
@NullMarked
package io.basaltdb.server.net;

import org.jspecify.annotations.NullMarked;
