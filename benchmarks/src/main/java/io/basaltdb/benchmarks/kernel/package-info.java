/// Benchmarks of `query.kernel`: each kernel beside the loop that one would write by hand, on one granule.
///
/// Run them with `basalt bench jmh kernel`; the guard is explained in the package `jmh`.
@NullMarked
package io.basaltdb.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
