/// Random tables and queries, answered by two engines.
///
/// [RandomTables] makes tables with nulls, extremes, few and many distinct values; [RandomQueries] makes filters,
/// projections, aggregates, joins, sorts and limits over them in the SQL that the engines share; [DifferentialRun]
/// runs both and compares. One seed replays a run.
@NullMarked
package io.basaltdb.benchmarks.differential;

import org.jspecify.annotations.NullMarked;
