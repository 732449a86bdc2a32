/// What travels between a client and a server. The packages, from the outside in:
///
/// - `transport`: an ordered duplex of frames, and who provides one;
/// - `message`: what a request and an answer say;
/// - `ipc`: rows, as Arrow messages;
/// - `frame`: the unit on the wire.
///
/// The module depends on nothing but `java.base` and is compiled for Java 11, since it travels
/// inside the driver.
@NullMarked
package io.basaltdb.protocol;

import org.jspecify.annotations.NullMarked;
