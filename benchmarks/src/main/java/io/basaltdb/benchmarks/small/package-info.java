/// How long a small query takes: one that reads nothing, one row, or an hour out of many millions of rows. What counts there is the
/// way through driver, planner and pipelines, not the scan.
///
/// [SmallTables] are the rows, [SmallQuery] the queries, [SmallQueryRun] calls one of them by one client or by several at once, each time with other
/// values, and checks every answer.
@NullMarked
package io.basaltdb.benchmarks.small;

import org.jspecify.annotations.NullMarked;
