/// What SQL can call: the catalogue of scalar functions and the list of aggregate functions, with their names, accepted types and
/// result types.
///
/// Doors: [FunctionCatalog], [ScalarFunction], [AggregateFunction]. The SQL side makes its operator table from the catalogue; the
/// evaluator asks a function for its loop. The loops themselves are in `kernel`; accumulators of aggregates are in `operator.aggregate`. What users write in Java is in `jvm`.
@NullMarked
package io.basaltdb.query.function;

import org.jspecify.annotations.NullMarked;
