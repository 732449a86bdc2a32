/// SQL types, fields, schemas, single values and ranges of values.
///
/// Doors: [Type], [Field], [Schema], [Value], [Ranges]. Everyone may use them; they know nothing of vectors or bytes on disk.
///
/// Order of values, everywhere (sort keys, zone maps, comparisons): numbers by value, −0.0 equal to 0.0, NaN equal to itself and
/// greater than every number; FALSE before TRUE; TEXT by unsigned UTF-8 bytes; NULL last in both directions.
@NullMarked
package io.basaltdb.storage.type;

import org.jspecify.annotations.NullMarked;
