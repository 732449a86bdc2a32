/// Where a query spends its time, as a picture.
///
/// Door: [FlameRecording], which watches this process with the JDK's flight recorder and gives a [StackTree]; [FlameGraph] draws it. The picture is
/// Brendan Gregg's flame graph (<https://www.brendangregg.com/flamegraphs.html>): a box is a method, its width the share of the samples in which it
/// was on a stack, and what it called stands on it.
@NullMarked
package io.basaltdb.benchmarks.flame;

import org.jspecify.annotations.NullMarked;
