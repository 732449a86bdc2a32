/// Writes rows into tables and deletes them.
///
/// Doors: [InsertSink], [DeleteSink]. Made by execution; the transaction is the statement's, and whoever began it commits or rolls back.
@NullMarked
package io.basaltdb.query.operator.write;

import org.jspecify.annotations.NullMarked;
