/// TPC-DS: its 24 tables, made by the generator of the Trino project, and its 99 queries (four of them are two).
///
/// Doors: [TpcdsDataSet], [TpcdsQueries]. The queries stand in the resource `queries.sql` beside this package.
@NullMarked
package io.basaltdb.benchmarks.tpcds;

import org.jspecify.annotations.NullMarked;
