/// Values to bytes and back, and the choice among ways by what is known of the values.
///
/// Doors: [Encoding] (sealed: [LongEncoding], [DoubleEncoding], [BitEncoding], [BytesEncoding]), [EncodingChooser], [DictionaryBlock],
/// [BlockCompression]; [ByteSink] and [ByteSource] with [ValueBytes] and [TypeBytes], which whoever specifies a format may use. Called by
/// `segment`; the bytes also by `part`, `log` and `catalog`. Encodings work on whole granules of primitive arrays
/// and know nothing of files or checksums, and of types only their physical form.
///
/// A **block** is one byte that names the encoding and what the encoding wrote; how many values it has is known from outside (1 … 4,096).
/// Blocks stand inside blocks: lengths, codes and exponents are blocks of numbers. The classes say their bytes; the ids are:
///
/// | form | ids |
/// |---|---|
/// | numbers | 0 constant, 1 packed, 2 delta, 3 run length, 4 patched |
/// | doubles | 0 plain, 1 bitwise, 2 float, 3 decimal |
/// | bits | 0 constant, 1 plain, 2 run length |
/// | strings | 0 constant, 1 plain, 2 dictionary |
///
/// An id is never given to another encoding. **To add an encoding**: a record in this package with the next free id; its interface's
/// `permits` and `byId`; its place in [EncodingChooser]; a class that inherits the contract test of its form, which runs every
/// kind of value through it; a feature name in the part's header, so that older programs refuse by name.
///
/// Numbers are packed lane-interleaved ([BitPacking]), so that plain loops over arrays decode at the speed of memory. A general compressor
/// costs ten to eighty times as much per value and so stands behind the others, never in place of them.
@NullMarked
package io.basaltdb.storage.encoding;

import org.jspecify.annotations.NullMarked;
