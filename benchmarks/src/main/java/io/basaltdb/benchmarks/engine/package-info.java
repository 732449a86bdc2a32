/// The databases under measurement, each behind the same few calls: make a table, load files, answer SQL.
///
/// Doors: [QueryEngine], [Engine], [Engines]. An engine is one database directory; it is reached as its users reach it: an [Engine] through
/// JDBC and nothing else, ClickHouse through a process of Node.js, which only loads files and answers queries.
@NullMarked
package io.basaltdb.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
