/// Loops over primitive arrays.
///
/// Doors: one class of static methods per family: `Arithmetic`, `Comparison`, `Hashing` … Called by expressions, functions and operators. A
/// kernel is total: it computes every lane, throws nothing, and where a lane can go wrong returns one word that is not zero. No streams, no boxed values,
/// no objects but arrays.
@NullMarked
package io.basaltdb.query.kernel;

import org.jspecify.annotations.NullMarked;
