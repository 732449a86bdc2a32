/// How times grow: with rows, parts, columns, workers and connections.
///
/// Doors: [Axis], what grows, whose runs give a [Curve] for each query and engine; [CurveFile] keeps curves as CSV, [CurveChart] draws them.
@NullMarked
package io.basaltdb.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
