/// SQL types, fields, schemas, single values and ranges of values.
///
/// Doors: [Type], [Field], [Schema], [Value], [Ranges]. Everyone may use them; they know nothing of vectors or bytes on disk.
///
/// Order of values, everywhere (sort keys, zone maps, comparisons): numbers by value, −0.0 equal to 0.0, NaN equal to itself and
/// greater than every number; FALSE before TRUE; TEXT and JSON by unsigned UTF-8 bytes, VARBINARY and UUID by unsigned bytes, TIME by the clock, ENUM by the places of its labels, INET by version, network, prefix and address ([InetBytes]), INTERVAL by its length and then by its parts ([IntervalBits]);
/// NULL last in both directions.
///
/// **To add a type** that is known by its text and its own functions: a record in [Type] that implements [Type.Opaque], with the [Physical]
/// form whose order is the order of the type; then the compiler asks for its tag on disk (`TypeBytes`), its Calcite type (`RelTypes`), its text
/// (`TextFormat`, `FromTextCast`) and its values in random tests. Its names go to `TypeNames`, what JDBC says of it to the driver's `SqlType`.
@NullMarked
package io.basaltdb.storage.type;

import org.jspecify.annotations.NullMarked;
