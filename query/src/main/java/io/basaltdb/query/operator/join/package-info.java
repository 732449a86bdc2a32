/// Joins: a build sink that holds the right side, and a probe transform through which the left side flows.
///
/// Doors: [JoinBuild] and [HashJoinProbe] (equal keys), [NestedLoopBuild] and [NestedLoopProbe] (any condition). Called by the pipeline builder.
///
/// Keys become one `long` per row: where all key columns are whole numbers and their ranges on the build side fit 63 bits together they are
/// **packed** exactly; else they are hashed and every pair is compared. Packed keys whose range is small index an array ([DenseTable]); others
/// go to open addressing ([ChainTable]). Rows of one key form a chain. NULL keys match nothing and are not put into the table.
///
/// A probe whose build keys are unique copies no left column: it narrows the batch's selection and lays the right values beside it.
@NullMarked
package io.basaltdb.query.operator.join;

import org.jspecify.annotations.NullMarked;
