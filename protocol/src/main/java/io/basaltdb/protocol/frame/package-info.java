/// Frames: the unit on the wire, written and read here and nowhere else.
///
/// A connection over a socket begins with the **preface**, eight bytes by which the server tells a
/// native client from HTTP, PostgreSQL and TLS:
///
/// ```
/// 42 53 4C 54  01  00 00 00        "BSLT", major version 1, three zero bytes
/// ```
///
/// After it both sides send frames. All numbers are little-endian:
///
/// ```
/// u32 length     bytes of the payload; at most 16 MiB, at most 16 KiB before the server's HELLO
/// u8  type       FrameType; 01..7F sent by clients, 81..FF by servers
/// u8  flags      bit 0: depends on the type; bit 7: MANDATORY; others zero
/// u16 stream     0 = the connection itself, 1..65535 = one request, chosen by the client
/// payload        length bytes, by type: see package `message`
/// ```
///
/// A receiver skips a frame whose type it does not know, unless the flag MANDATORY is set: then the
/// server answers ERROR with SQLSTATE 0A000 on the same stream. So later versions may add frames.
///
/// A payload is a sequence of these fields; a reader ignores bytes behind the last field it knows:
///
/// ```
/// u8, u16, u32, i64      little-endian
/// string, bytes          u32 count of bytes, then the bytes; strings are UTF-8
/// list, map              u32 count of entries, then the entries (a map entry: string, string)
/// ```
///
/// Doors: [FrameBuffer] writes frames, [FrameDecoder] cuts a byte stream into frames,
/// [PayloadReader] reads the fields of one. No length is believed before it was compared with a
/// limit, and memory grows only as bytes arrive. Used by `embedded`, `server` and the driver.
/// Not here: sockets (package `transport` and its providers) and what the payloads mean.
@NullMarked
package io.basaltdb.protocol.frame;

import org.jspecify.annotations.NullMarked;
