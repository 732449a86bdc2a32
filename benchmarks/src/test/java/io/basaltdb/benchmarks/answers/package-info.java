/// Whole-query correctness of an engine: TPC-H against known answers, and both suites against themselves at different
/// states of the storage and numbers of workers.
@NullMarked
package io.basaltdb.benchmarks.answers;

import org.jspecify.annotations.NullMarked;
