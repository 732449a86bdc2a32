/// Tests of the house itself: what may depend on what, and that the documents name what exists. They stand in the one module
/// that sees every other. A rule about a package that is still empty passes.
@NullMarked
package io.basaltdb.benchmarks.architecture;

import org.jspecify.annotations.NullMarked;
