/// The engine inside a program: the wire session, a state machine from request frames to response
/// frames, and the transport that carries frames within one process. No Netty, no Arrow Java, no
/// native library and no JVM flag is needed here.
///
/// Packages: `process` opens databases in this JVM and connects to them, `wire` is the session, `rows`
/// turns batches into Arrow bytes and back, `functions` takes functions that the program gives.
@NullMarked
package io.basaltdb.embedded;

import org.jspecify.annotations.NullMarked;
