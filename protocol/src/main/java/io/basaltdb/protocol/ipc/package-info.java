/// Arrow IPC messages, written and read by our own code over `byte[]`: no Arrow library, no direct
/// memory, no flag for the JVM.
///
/// A message is what Arrow calls *encapsulated*:
///
/// ```
/// u32 FFFFFFFF | i32 bytes of metadata (a multiple of 8 less the 8 bytes here) | metadata | body
/// ```
///
/// The metadata is a flatbuffer `Message`, version V5, with a `Schema`, `DictionaryBatch` or
/// `RecordBatch` in it. Every buffer of a body begins at a multiple of 8 and is padded with zeros.
/// Bodies are little-endian and not compressed. A body compression in the metadata is refused; its
/// place is kept for a negotiated capability.
///
/// | type | Arrow | buffers |
/// |---|---|---|
/// | NULL | Null | none |
/// | BOOLEAN | Bool | validity bits, value bits |
/// | INT8 … INT64 | Int(8 … 64, signed) | validity, values |
/// | FLOAT32, FLOAT64 | FloatingPoint | validity, values |
/// | DECIMAL128 | Decimal(precision, scale, 128) | validity, values of 16 bytes, low half first |
/// | DATE32 | Date(DAY) | validity, i32 days since 1970-01-01 |
/// | TIMESTAMP | Timestamp(unit, zone or none) | validity, i64 |
/// | UTF8 | Utf8 | validity, i32 offsets (rows + 1), bytes |
/// | BINARY | Binary | as UTF8 |
///
/// The validity buffer is empty where no row is null. A text column may be dictionary-encoded: its
/// values are i32 indices into a dictionary that DictionaryBatch messages fill (delta: entries are
/// appended; otherwise replaced) before the record batch that needs them. The fields of a schema
/// may carry metadata; the keys of ours are in [FieldKey].
///
/// What is read is checked whole before the first value is handed out: offsets, lengths, counts,
/// ascending text offsets, indices inside their dictionary. After that a [WireColumn] reads without
/// checks beyond those of the JVM.
///
/// Doors: [WireSchema], [IpcWriter] with [ColumnBuffer], [IpcReader] and [RowReader] with [WireBatch]. Used by
/// `embedded` (results out, inserts in) and the driver (the reverse). Not here: frames.
@NullMarked
package io.basaltdb.protocol.ipc;

import org.jspecify.annotations.NullMarked;
