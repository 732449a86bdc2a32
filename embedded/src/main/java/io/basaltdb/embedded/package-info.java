/// The engine inside a program: the wire session, a state machine from request frames to response
/// frames, and the transport that carries frames within one process. No Netty, no Arrow Java, no
/// native library and no JVM flag is needed here.
@NullMarked
package io.basaltdb.embedded;

import org.jspecify.annotations.NullMarked;
