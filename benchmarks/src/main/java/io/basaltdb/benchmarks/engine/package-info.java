/// The databases under measurement, each behind the same few calls: make a table, load files, answer SQL.
///
/// Doors: [Engine], [Engines]. An engine is one database directory and one connection; it is reached through JDBC and
/// nothing else, so that what is measured is what users have.
@NullMarked
package io.basaltdb.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
