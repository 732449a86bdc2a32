/// Values to bytes and back, and the choice among ways by sample.
///
/// Doors: `Encoding` (sealed), `EncodingChooser`. Called by `segment` only. Encodings work on whole granules of primitive arrays
/// and know nothing of files, types beyond their physical form, or checksums.
@NullMarked
package io.basaltdb.storage.encoding;

import org.jspecify.annotations.NullMarked;
