package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.jspecify.annotations.Nullable;

/// Expressions that are computed row by row where a statement writes, not by a plan: a projection over the rows of one table, or over pairs of
/// them.
///
/// @param condition rows for which it is not true are left out; null: none are
public record RowExpressions(List<Expression> values, @Nullable Expression condition) {
    public RowExpressions {
        values = List.copyOf(values);
    }

    /// @param tree a bound query
    /// @param clause for messages
    /// @throws BasaltException FEATURE_NOT_SUPPORTED where the query is more than a projection
    public static RowExpressions of(RelNode tree, String clause) {
        if (tree instanceof TableScan) {
            return new RowExpressions(
                    ExpressionBuilder.build(
                            tree.getRowType().getFieldList().stream()
                                    .map(field ->
                                            new RexInputRef(field.getIndex(), field.getType()))
                                    .toList()),
                    null);
        }
        if (tree instanceof Project project && isRows(project.getInput())) {
            return new RowExpressions(ExpressionBuilder.build(project.getProjects()), null);
        }
        if (tree instanceof Project project
                && project.getInput() instanceof Filter filter
                && isRows(filter.getInput())) {
            return new RowExpressions(
                    ExpressionBuilder.build(project.getProjects()),
                    ExpressionBuilder.build(filter.getCondition()));
        }
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                clause
                        + " takes expressions over the row alone: no aggregates, window functions or"
                        + " sub-queries");
    }

    /// The one expression of a query without tables.
    public static Expression single(RelNode tree) {
        if (tree instanceof Project project
                && project.getProjects().size() == 1
                && project.getInput() instanceof Values) {
            return ExpressionBuilder.build(project.getProjects()).getFirst();
        }
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "FOR SYSTEM_TIME AS OF takes an expression of constants and parameters: no aggregates,"
                        + " window functions or sub-queries");
    }

    private static boolean isRows(RelNode input) {
        return input instanceof TableScan
                || (input instanceof Join join
                        && join.getLeft() instanceof TableScan
                        && join.getRight() instanceof TableScan);
    }
}
