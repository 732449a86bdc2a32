/// Measurements: whole query sets beside other engines, inserts, and JMH benchmarks of kernels, encodings and
/// operators. It sees every module and nothing depends on it, so the architecture tests and the tests that drive the
/// whole engine over JDBC live here too.
///
/// [BenchMain] is `basalt bench`. Its subcommands are in `command`; `suite` runs queries and `insert` runs inserts on
/// the databases of `engine`; `tpch`, `tpcds` and `hits` make tables and queries in the form of `data`, which `files` keeps as
/// Parquet; `answer` decides whether two answers say the same; `flame` draws where queries spend their time; `cold` measures processes that begin
/// with nothing, `scaling` how times grow; `jmh` runs and guards the benchmarks of `kernel`.
///
/// Tests over JDBC, run on other engines to prove the tests and on Basalt where `test.basalt` is true: `logictest`
/// (sqllogictest and Calcite's scripts), `answers` (TPC-H against known answers, both suites bit for bit against
/// themselves), `differential` (random queries on two engines), `crash` (kill and reopen).
@NullMarked
package io.basaltdb.benchmarks;

import org.jspecify.annotations.NullMarked;
