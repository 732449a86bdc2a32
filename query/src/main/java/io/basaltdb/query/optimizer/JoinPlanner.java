package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.plan.JoinKind;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Plans joins: by hash where some columns must be equal, else pair by pair; the smaller side is built.
final class JoinPlanner {
    /// An outer join changes sides only where that builds clearly less: the probe side should keep its order.
    private static final double OUTER_SWAP_FACTOR = 2;

    private final PhysicalPlanner planner;
    private final Cardinality cardinality;

    JoinPlanner(PhysicalPlanner planner, Cardinality cardinality) {
        this.planner = planner;
        this.cardinality = cardinality;
    }

    PlannedRel plan(Join join, ImmutableBitSet required) {
        int leftFields = join.getLeft().getRowType().getFieldCount();
        int rightFields = join.getRight().getRowType().getFieldCount();
        List<RexNode> conjuncts = Conjunctions.of(join.getCondition());
        boolean nullAware = isNullAware(join, conjuncts);
        if (nullAware) {
            conjuncts = List.of(((RexCall) conjuncts.getFirst()).getOperands().getFirst());
        }
        JoinKeys keys = JoinKeys.of(conjuncts, leftFields);
        if (nullAware && keys.size() != 1) {
            nullAware = false;
            keys = JoinKeys.of(Conjunctions.of(join.getCondition()), leftFields);
        }
        ImmutableBitSet needed = required.union(Columns.used(keys.residual()));
        Side left =
                side(
                        planner.plan(
                                join.getLeft(),
                                ofLeft(needed, leftFields).union(Columns.used(keys.lefts()))),
                        keys.lefts(),
                        keys.rights());
        Side right =
                side(
                        planner.plan(
                                join.getRight(),
                                ofRight(needed, leftFields).union(Columns.used(keys.rights()))),
                        keys.rights(),
                        keys.lefts());
        JoinKind kind = nullAware ? JoinKind.NULL_AWARE_ANTI : kind(join);
        boolean swapped = isSwapped(join, kind, keys.size() > 0);
        Side probe = swapped ? right : left;
        Side build = swapped ? left : right;
        kind = swapped ? mirrored(kind) : kind;
        int probeColumns = probe.node.output().size();
        int[] together = new int[leftFields + rightFields];
        place(left.positions, together, 0, swapped ? probeColumns : 0);
        place(right.positions, together, leftFields, swapped ? 0 : probeColumns);
        @Nullable Expression residual =
                keys.residual().isEmpty()
                        ? null
                        : ExpressionBuilder.build(
                                Columns.shifted(
                                        Conjunctions.and(
                                                join.getCluster().getRexBuilder(), keys.residual()),
                                        together));
        Schema output = output(kind, probe.node.output(), build.node.output());
        double rows = cardinality.rows(join);
        PlanNode node =
                keys.size() == 0
                        ? new PlanNode.NestedLoopJoin(
                                kind, probe.node, build.node, residual, output, rows)
                        : new PlanNode.HashJoin(
                                kind,
                                probe.node,
                                build.node,
                                probe.keys,
                                build.keys,
                                residual,
                                output,
                                rows);
        int fields = join.getRowType().getFieldCount();
        int[] given =
                kind.givesRightColumnsOnly() ? build.positions : Arrays.copyOf(together, fields);
        return narrowed(node, given, required);
    }

    private static void place(int[] positions, int[] together, int from, int shift) {
        for (int i = 0; i < positions.length; i++) {
            together[from + i] = positions[i] < 0 ? -1 : positions[i] + shift;
        }
    }

    /// NOT IN as the sub-query pass writes it: no row of the right side for which the equality is true or unknown.
    private static boolean isNullAware(Join join, List<RexNode> conjuncts) {
        return kind(join) == JoinKind.ANTI
                && conjuncts.size() == 1
                && conjuncts.getFirst().getKind() == SqlKind.IS_NOT_FALSE
                && ((RexCall) conjuncts.getFirst()).getOperands().getFirst().getKind()
                        == SqlKind.EQUALS;
    }

    private static JoinKind kind(Join join) {
        return switch (join.getJoinType()) {
            case INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
            case SEMI -> JoinKind.SEMI;
            case ANTI -> JoinKind.ANTI;
            default ->
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            join.getJoinType().name().replace('_', ' ')
                                    + " JOIN is not supported yet");
        };
    }

    private boolean isSwapped(Join join, JoinKind kind, boolean hasKeys) {
        double left = cardinality.rows(join.getLeft());
        double right = cardinality.rows(join.getRight());
        return switch (kind) {
            case INNER ->
                    !Cardinality.isSingleRow(join.getRight())
                            && (Cardinality.isSingleRow(join.getLeft()) || left < right);
            case LEFT, FULL -> left * OUTER_SWAP_FACTOR < right;
            case RIGHT -> left < right * OUTER_SWAP_FACTOR;
            case SEMI, ANTI -> hasKeys && left * OUTER_SWAP_FACTOR < right;
            case NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI, MARK -> false;
        };
    }

    private static JoinKind mirrored(JoinKind kind) {
        return switch (kind) {
            case LEFT -> JoinKind.RIGHT;
            case RIGHT -> JoinKind.LEFT;
            case SEMI -> JoinKind.RIGHT_SEMI;
            case ANTI -> JoinKind.RIGHT_ANTI;
            case INNER, FULL, NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI, MARK -> kind;
        };
    }

    private static ImmutableBitSet ofLeft(ImmutableBitSet fields, int leftFields) {
        return fields.intersect(ImmutableBitSet.range(leftFields));
    }

    private static ImmutableBitSet ofRight(ImmutableBitSet fields, int leftFields) {
        return fields.except(ImmutableBitSet.range(leftFields)).shift(-leftFields);
    }

    /// A side with its key columns; keys that are no columns, or of another type than their partner, are computed.
    private record Side(PlanNode node, int[] positions, List<Integer> keys) {}

    private static Side side(PlannedRel input, List<RexNode> keys, List<RexNode> partners) {
        List<Integer> columns = new ArrayList<>();
        List<Expression> computed = new ArrayList<>();
        Schema schema = input.node().output();
        for (int i = 0; i < keys.size(); i++) {
            Expression key =
                    ExpressionBuilder.build(Columns.shifted(keys.get(i), input.positions()));
            Type common = CommonType.of(key.type(), RelTypes.toType(partners.get(i).getType()));
            if (keys.get(i) instanceof RexInputRef column && key.type().equals(common)) {
                columns.add(input.position(column.getIndex()));
            } else {
                columns.add(schema.size() + computed.size());
                computed.add(ExpressionBuilder.cast(key, common));
            }
        }
        PlanNode node = computed.isEmpty() ? input.node() : withColumns(input.node(), computed);
        return new Side(node, input.positions(), columns);
    }

    private static PlanNode withColumns(PlanNode node, List<Expression> computed) {
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>(node.output().fields());
        for (int i = 0; i < fields.size(); i++) {
            expressions.add(new Expression.Column(i, fields.get(i).type()));
        }
        for (Expression key : computed) {
            fields.add(new Field("key" + expressions.size(), key.type(), true));
            expressions.add(key);
        }
        return new PlanNode.Project(node, expressions, new Schema(fields));
    }

    private static Schema output(JoinKind kind, Schema left, Schema right) {
        return switch (kind) {
            case INNER -> Columns.both(left, right);
            case LEFT -> Columns.both(left, Columns.nullable(right));
            case RIGHT -> Columns.both(Columns.nullable(left), right);
            case FULL -> Columns.both(Columns.nullable(left), Columns.nullable(right));
            case SEMI, ANTI, NULL_AWARE_ANTI -> left;
            case RIGHT_SEMI, RIGHT_ANTI -> right;
            case MARK -> throw new AssertionError("no pass makes mark joins");
        };
    }

    /// Drops the columns that only the join itself needed.
    private static PlannedRel narrowed(PlanNode node, int[] positions, ImmutableBitSet required) {
        int[] fields = required.toArray();
        if (fields.length == node.output().size()) {
            return new PlannedRel(node, positions);
        }
        int[] columns = Arrays.stream(fields).map(field -> positions[field]).toArray();
        List<Field> kept = new ArrayList<>();
        for (int column : columns) {
            kept.add(node.output().field(column));
        }
        return new PlannedRel(
                Columns.select(node, columns, new Schema(kept)),
                Columns.inverse(fields, positions.length));
    }
}
