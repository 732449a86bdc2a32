/// TPC-H: the eight tables at any scale, and the 22 queries with the specification's validation parameters.
///
/// Rows come from `io.trino.tpch`, a port of the specification's `dbgen`; DECIMAL columns are DECIMAL(15,2), keys
/// INTEGER except the order key, which is BIGINT. Doors: [TpchDataSet], [TpchQueries].
@NullMarked
package io.basaltdb.benchmarks.tpch;

import org.jspecify.annotations.NullMarked;
