/// Load that lasts, and what the database looks like meanwhile and after: parts, write amplification, log, how long calls take, how long an open
/// takes.
///
/// [PacedInsert] inserts at a given rate and watches the database through its own system tables; [ScanAfterUpdates] scans a keyed table whose
/// rows were updated; [OpenRun] opens a database in a JVM of its own.
@NullMarked
package io.basaltdb.benchmarks.sustained;

import org.jspecify.annotations.NullMarked;
