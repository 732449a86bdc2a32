/// How long a process takes that begins with nothing: the shell by its launcher, and a program that embeds the engine without any flag of the JVM.
///
/// Door: [ColdStart], one way to begin, measured from the start of the process. [ColdProgram] is what such a process runs. Files are in the
/// operating system's cache, as they are for whoever starts a program a second time.
@NullMarked
package io.basaltdb.benchmarks.cold;

import org.jspecify.annotations.NullMarked;
