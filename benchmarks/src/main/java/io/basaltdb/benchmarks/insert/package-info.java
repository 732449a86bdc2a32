/// How many rows a second engines take in through JDBC while every call waits until its rows are durable.
///
/// [InsertRun] drives one engine with one shape of load, [InsertShape]; a run ends with a count of the rows, which must
/// be the rows that were acknowledged.
@NullMarked
package io.basaltdb.benchmarks.insert;

import org.jspecify.annotations.NullMarked;
