/// How long engines take to load the files of a suite, and which threads of theirs are at work meanwhile.
///
/// [LoadRun] loads the same files into new databases by turns; a [CpuTimes] tells what compilers, garbage collector and all others of this process took.
@NullMarked
package io.basaltdb.benchmarks.load;

import org.jspecify.annotations.NullMarked;
