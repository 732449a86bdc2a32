/// How fast rows of a keyed table are replaced by their key, and how fast it is read afterwards.
///
/// [KeyedTable] is a table of so many rows, the same in every engine, and knows what it must hold after each upsert; [UpsertRun] replaces
/// rows in batches, [OneKeyRun] one row from many sessions. A run ends with a check of what the table holds.
@NullMarked
package io.basaltdb.benchmarks.upsert;

import org.jspecify.annotations.NullMarked;
