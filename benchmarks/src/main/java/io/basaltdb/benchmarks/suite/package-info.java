/// A suite of queries run on one engine, or on two beside each other.
///
/// [SuiteRun] makes the files, loads the engines, runs each query alternately on both, checks that the answers agree
/// and hands [QueryResult]s to [Report]. An [Engine] is one database under measurement; all of them are reached
/// through JDBC. Doors: [SuiteRun], [SuiteOptions], [BenchQuery].
@NullMarked
package io.basaltdb.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
