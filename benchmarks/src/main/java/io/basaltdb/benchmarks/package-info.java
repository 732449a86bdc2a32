/// Measurements: JMH benchmarks of kernels, encodings and operators, and whole query sets beside
/// other engines. It sees every module and nothing depends on it, so the architecture tests live
/// here too.
@NullMarked
package io.basaltdb.benchmarks;

import org.jspecify.annotations.NullMarked;
