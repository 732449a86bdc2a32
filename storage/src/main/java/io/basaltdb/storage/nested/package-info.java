/// Values that have other values in them, as runs of bytes: what a column of an ARRAY, STRUCT or MAP holds in memory, in the log and in parts.
///
/// Doors: [NestedWriter] (elements → values), [ElementColumn] (elements → a flat vector), [ElementShape] (where an element ends),
/// [NestedCheck] (whether bytes are a value). Functions and casts
/// of `query` use them; the rest of storage knows such a column as bytes in unsigned order.
///
/// **The bytes**, version 1. They are canonical and ordered: two values are equal exactly where their bytes are, and unsigned comparison of the bytes
/// is the order of the values: element by element, an element that is NULL behind all others, a list that ends before one that goes on. So
/// comparisons, hashes, sort keys, zone maps, dictionaries and merges need to know nothing of elements.
///
/// - A value is its elements one behind the other, then `00`. The elements of an ARRAY are those of the list; of a STRUCT its members in the order
///   of the type; of a MAP, key and value by turns.
/// - An element is `FE` where it is NULL, else one byte from `01` to `88` and a payload:
///   - one `long` of n significant bytes (0 to 8): `80` + n, or `7F` − n where it is negative, and the lowest n bytes, highest first
///   - DOUBLE: `01` and eight bytes, REAL: `01` and four bytes: the IEEE form, its sign bit flipped, of a negative number all bits. −0.0 is kept as
///     0.0, and there is one NaN.
///   - 128 bits: `01` and sixteen bytes, highest first, the sign bit flipped
///   - BOOLEAN: `01` FALSE, `02` TRUE
///   - TEXT, JSON, VARBINARY: `01`, the bytes with `FF` behind each byte that is `00`, then `00`
///   - a nested value: `01` and its bytes
///
/// **Not here**: the text of such values and functions on them (`query.function`), their types (`type`).
@NullMarked
package io.basaltdb.storage.nested;

import org.jspecify.annotations.NullMarked;
