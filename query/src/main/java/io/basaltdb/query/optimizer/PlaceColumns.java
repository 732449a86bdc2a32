package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.WindowFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;

/// Columns that are places in a window: `rank()`, `dense_rank()`, `row_number()`. Their type is BIGINT, but a window has fewer than 2³¹ rows, so
/// `a.place = b.place + 1` cannot fail and may become the key of a join.
final class PlaceColumns {
    private PlaceColumns() {}

    /// The condition with places read as INTEGER, by which arithmetic on them is seen not to overflow.
    static RexNode narrowed(RexNode condition, RelNode input) {
        RexBuilder rex = Rels.rex(input);
        RelDataType integer =
                rex.getTypeFactory()
                        .createTypeWithNullability(
                                rex.getTypeFactory().createSqlType(SqlTypeName.INTEGER), true);
        return condition.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        return isPlace(input, column.getIndex())
                                ? rex.makeAbstractCast(
                                        column.getType(),
                                        rex.makeAbstractCast(integer, column, true),
                                        false)
                                : column;
                    }
                });
    }

    private static boolean isPlace(RelNode rel, int column) {
        return switch (rel) {
            case WindowRel window -> {
                int fields = window.getInput().getRowType().getFieldCount();
                yield column < fields
                        ? isPlace(window.getInput(), column)
                        : isNumber(window.calls().get(column - fields).function());
            }
            case Project project ->
                    project.getProjects().get(column) instanceof RexInputRef below
                            && isPlace(project.getInput(), below.getIndex());
            case Filter filter -> isPlace(filter.getInput(), column);
            case Sort sort -> isPlace(sort.getInput(), column);
            case Join join -> {
                int fields = join.getLeft().getRowType().getFieldCount();
                yield column < fields
                        ? isPlace(join.getLeft(), column)
                        : isPlace(join.getRight(), column - fields);
            }
            default -> false;
        };
    }

    private static boolean isNumber(WindowFunction function) {
        return function == WindowFunction.Place.ROW_NUMBER
                || function == WindowFunction.Place.RANK
                || function == WindowFunction.Place.DENSE_RANK;
    }
}
