/// Row by row: filter, project, limit, repeat, unnest, and rows that stand in the statement.
///
/// Doors: [FilterTransform], [ProjectTransform], [LimitTransform], [RepeatTransform], [UnnestTransform], [ValuesSource], [RowsSource]. Made by execution. A UNION ALL has no
/// operator: its branches are pipelines that share what stands behind.
@NullMarked
package io.basaltdb.query.operator.filter;

import org.jspecify.annotations.NullMarked;
