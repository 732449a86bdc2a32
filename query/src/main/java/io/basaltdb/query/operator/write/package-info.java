/// Writes rows into tables, deletes them, and replaces them.
///
/// Doors: [InsertSink], [KeyedInsertSink], [DeleteSink], [UpdateSink], and [RuleConflict] for rows that come without a plan. Made by execution; the transaction is the statement's, and whoever began it commits or rolls back.
@NullMarked
package io.basaltdb.query.operator.write;

import org.jspecify.annotations.NullMarked;
