/// Running JMH, and guards over what it measures.
///
/// A guard compares a method of the product with the loop that one would write by hand. A benchmark class states it by
/// names: for a method `sum` of the product there is `sumByHand` beside it, with the same work in it. [GuardRun] measures
/// both in one fork and fails where the product takes more than [GuardRun#LIMIT] times as long. Benchmarks of kernels,
/// encodings and operators stand in the package `kernel`, `encoding` and `operator` beside this one.
@NullMarked
package io.basaltdb.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
