package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/// Columns of expressions and of plan nodes: which are used, where they move.
final class Columns {
    private Columns() {}

    static ImmutableBitSet used(RexNode node) {
        return RelOptUtil.InputFinder.bits(node);
    }

    static ImmutableBitSet used(List<? extends RexNode> nodes) {
        ImmutableBitSet.Builder used = ImmutableBitSet.builder();
        for (RexNode node : nodes) {
            used.addAll(used(node));
        }
        return used.build();
    }

    /// The expression with column `i` read from `positions[i]`.
    static RexNode shifted(RexNode node, int[] positions) {
        return node.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        int position = positions[column.getIndex()];
                        return position == column.getIndex()
                                ? column
                                : new RexInputRef(position, column.getType());
                    }
                });
    }

    /// The expression with every column moved by `distance`.
    static RexNode moved(RexNode node, int distance) {
        return distance == 0
                ? node
                : node.accept(
                        new RexShuttle() {
                            @Override
                            public RexNode visitInputRef(RexInputRef column) {
                                return new RexInputRef(
                                        column.getIndex() + distance, column.getType());
                            }
                        });
    }

    /// The expression with column `i` replaced by `replacements[i]`.
    static RexNode replaced(RexNode node, List<? extends RexNode> replacements) {
        return node.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        return replacements.get(column.getIndex());
                    }
                });
    }

    /// The node itself, or a projection of it, that gives the columns at these positions under the schema's names and types.
    static PlanNode select(PlanNode node, int[] positions, Schema schema) {
        boolean same = positions.length == node.output().size();
        for (int i = 0; i < positions.length && same; i++) {
            same = positions[i] == i && node.output().field(i).equals(schema.field(i));
        }
        if (same) {
            return node;
        }
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            Type type = node.output().type(positions[i]);
            columns.add(
                    ExpressionBuilder.cast(
                            new Expression.Column(positions[i], type), schema.type(i)));
        }
        return new PlanNode.Project(node, columns, schema);
    }

    /// The same fields read below a projection that only picks columns.
    static PlannedRel withoutNaming(PlannedRel planned) {
        if (!(planned.node()
                        instanceof
                        PlanNode.Project(PlanNode input, List<Expression> expressions, Schema _))
                || !expressions.stream().allMatch(Expression.Column.class::isInstance)) {
            return planned;
        }
        int[] positions = planned.positions().clone();
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] >= 0) {
                positions[i] = ((Expression.Column) expressions.get(positions[i])).index();
            }
        }
        return new PlannedRel(input, positions);
    }

    /// `result[order[i]] = i`, −1 elsewhere.
    static int[] inverse(int[] order, int size) {
        int[] inverse = new int[size];
        Arrays.fill(inverse, -1);
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    static int[] identity(int size) {
        int[] identity = new int[size];
        Arrays.setAll(identity, i -> i);
        return identity;
    }

    /// The columns of the left schema, then those of the right one.
    static Schema both(Schema left, Schema right) {
        List<Field> fields = new ArrayList<>(left.fields());
        fields.addAll(right.fields());
        return new Schema(fields);
    }

    /// The schema with every column nullable.
    static Schema nullable(Schema schema) {
        return new Schema(
                schema.fields().stream()
                        .map(field -> new Field(field.name(), field.type(), true))
                        .toList());
    }
}
