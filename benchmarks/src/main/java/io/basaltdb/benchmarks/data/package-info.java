/// Generated tables: what they are called, what columns they have, and their rows as typed arrays.
///
/// A [TableSource] is a table that can be produced at any time from nothing but its parameters. It is cut into
/// pieces; each piece is produced alone, on any thread, and the pieces in order are the table. Rows arrive in a
/// [RowBatch], which is lent: the consumer reads it before it returns, then the producer fills it again.
///
/// Doors: [TableSource], [TableDefinition], [RowBatch], [DataSet]. The suites (`tpch`, `hits`) implement them; the
/// file writer and whoever streams rows into an engine read them. No engine and no file is known here.
@NullMarked
package io.basaltdb.benchmarks.data;

import org.jspecify.annotations.NullMarked;
