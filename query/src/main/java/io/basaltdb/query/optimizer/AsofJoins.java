package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/// ASOF JOIN as windows over both sides together: ordered by the matched value, with the right rows where they have to stand, each left row's partner is
/// the last right row before it.
///
/// The right rows up to a row are counted within the equal keys; all rows of the same count have the same partner, which is the first of them, and a
/// count of nothing has none. Rows of the right side with NULL in a key or the matched value match nothing and are left out before.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
final class AsofJoins extends RexShuttle {
    private final RexBuilder rex;

    AsofJoins(RexBuilder rex) {
        this.rex = rex;
    }

    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        RelNode same = (changed ? rel.copy(rel.getTraitSet(), inputs) : rel).accept(this);
        return same instanceof LogicalAsofJoin join ? new Windowed(join).rel() : same;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }

    /// One join.
    private final class Windowed {
        private final LogicalAsofJoin join;
        private final int leftCount;
        private final int rightCount;
        private final List<RexNode> leftKeys = new ArrayList<>();
        private final List<RexNode> rightKeys = new ArrayList<>();

        /// Of the right row beside the left one's value: `left >= right`.
        private SqlKind comparison;

        Windowed(LogicalAsofJoin join) {
            this.join = join;
            this.leftCount = join.getLeft().getRowType().getFieldCount();
            this.rightCount = join.getRight().getRowType().getFieldCount();
            this.comparison = SqlKind.GREATER_THAN_OR_EQUAL;
            for (RexNode conjunct : Conjunctions.of(join.getCondition())) {
                if (!conjunct.isAlwaysTrue()) {
                    add((RexCall) conjunct);
                }
            }
            comparison = add((RexCall) join.getMatchCondition());
        }

        /// Adds the two sides of a comparison to the keys; answers how the left one compares.
        private SqlKind add(RexCall call) {
            RexNode first = call.getOperands().get(0);
            RexNode second = call.getOperands().get(1);
            boolean turned = Columns.used(first).nextSetBit(leftCount) >= 0;
            RexNode left = turned ? second : first;
            RexNode right = Columns.moved(turned ? first : second, -leftCount);
            RelDataType common = types().leastRestrictive(List.of(left.getType(), right.getType()));
            if (common == null) {
                common = left.getType();
            }
            leftKeys.add(cast(left, common));
            rightKeys.add(cast(right, common));
            return turned ? call.getKind().reverse() : call.getKind();
        }

        private RexNode cast(RexNode value, RelDataType type) {
            return RelTypes.toType(value.getType()).equals(RelTypes.toType(type))
                    ? value
                    : rex.makeCast(nullable(type), value);
        }

        private RelDataTypeFactory types() {
            return rex.getTypeFactory();
        }

        private RelDataType nullable(RelDataType type) {
            return types().createTypeWithNullability(type, true);
        }

        RelNode rel() {
            RelNode both = LogicalUnion.create(List.of(left(), right()), true);
            RelNode counted = counted(both);
            RelNode matched = matched(counted);
            List<RexNode> kept = new ArrayList<>();
            kept.add(
                    rex.makeCall(
                            SqlStdOperatorTable.IS_NULL,
                            RexInputRef.of(mark(), matched.getRowType())));
            if (join.getJoinType() == JoinRelType.ASOF) {
                kept.add(
                        rex.makeCall(
                                SqlStdOperatorTable.GREATER_THAN,
                                RexInputRef.of(mark() + 1, matched.getRowType()),
                                rex.makeBigintLiteral(java.math.BigDecimal.ZERO)));
            }
            RelNode filtered =
                    LogicalFilter.create(matched, Conjunctions.and(rex, kept), ImmutableSet.of());
            List<RexNode> columns = new ArrayList<>();
            List<RelDataTypeField> fields = join.getRowType().getFieldList();
            for (int i = 0; i < fields.size(); i++) {
                RexNode column = RexInputRef.of(i, filtered.getRowType());
                columns.add(
                        column.getType().equals(fields.get(i).getType())
                                ? column
                                : rex.makeAbstractCast(fields.get(i).getType(), column, false));
            }
            return project(filtered, columns, join.getRowType().getFieldNames());
        }

        /// Columns of both sides, keys, the matched value: what both branches of the union have; behind them stands the mark of right rows.
        private int mark() {
            return leftCount + rightCount + leftKeys.size();
        }

        private RelNode left() {
            List<RexNode> columns = new ArrayList<>(Rels.refs(join.getLeft()));
            for (RelDataTypeField field : join.getRight().getRowType().getFieldList()) {
                columns.add(rex.makeNullLiteral(nullable(field.getType())));
            }
            columns.addAll(leftKeys);
            columns.add(rex.makeNullLiteral(nullable(types().createSqlType(SqlTypeName.INTEGER))));
            return project(join.getLeft(), columns);
        }

        private RelNode right() {
            List<RexNode> columns = new ArrayList<>();
            for (RelDataTypeField field : join.getLeft().getRowType().getFieldList()) {
                columns.add(rex.makeNullLiteral(nullable(field.getType())));
            }
            columns.addAll(Rels.refs(join.getRight()));
            columns.addAll(rightKeys);
            columns.add(rex.makeExactLiteral(java.math.BigDecimal.ONE));
            RelNode all = project(join.getRight(), columns);
            List<RexNode> known = new ArrayList<>();
            for (int key = leftCount + rightCount; key < mark(); key++) {
                known.add(
                        rex.makeCall(
                                SqlStdOperatorTable.IS_NOT_NULL,
                                RexInputRef.of(key, all.getRowType())));
            }
            return LogicalFilter.create(all, Conjunctions.and(rex, known), ImmutableSet.of());
        }

        /// With the number of right rows with the same keys up to each row, nothing where it has no value to match.
        private RelNode counted(RelNode both) {
            boolean rightFirst =
                    comparison == SqlKind.GREATER_THAN_OR_EQUAL
                            || comparison == SqlKind.LESS_THAN_OR_EQUAL;
            boolean backwards =
                    comparison == SqlKind.LESS_THAN || comparison == SqlKind.LESS_THAN_OR_EQUAL;
            RexNode time = RexInputRef.of(mark() - 1, both.getRowType());
            RexNode mark = RexInputRef.of(mark(), both.getRowType());
            RexNode count =
                    over(
                            SqlStdOperatorTable.COUNT,
                            types().createSqlType(SqlTypeName.BIGINT),
                            List.of(mark),
                            keys(both),
                            List.of(
                                    backwards
                                            ? new RexFieldCollation(
                                                    time,
                                                    Set.of(SqlKind.DESCENDING, SqlKind.NULLS_LAST))
                                            : new RexFieldCollation(
                                                    time, Set.of(SqlKind.NULLS_LAST)),
                                    new RexFieldCollation(
                                            mark,
                                            Set.of(
                                                    rightFirst
                                                            ? SqlKind.NULLS_LAST
                                                            : SqlKind.NULLS_FIRST))));
            List<RexNode> columns = new ArrayList<>(Rels.refs(both));
            columns.add(
                    rex.makeCall(
                            SqlStdOperatorTable.CASE,
                            rex.makeCall(SqlStdOperatorTable.IS_NULL, time),
                            rex.makeZeroLiteral(count.getType()),
                            count));
            return project(both, columns);
        }

        /// With the columns of the right row of the same count.
        private RelNode matched(RelNode counted) {
            List<RexNode> partition = new ArrayList<>(keys(counted));
            partition.add(RexInputRef.of(mark() + 1, counted.getRowType()));
            RexNode mark = RexInputRef.of(mark(), counted.getRowType());
            List<RexNode> columns = new ArrayList<>(Rels.refs(counted));
            for (int column = leftCount; column < leftCount + rightCount; column++) {
                RexNode value = RexInputRef.of(column, counted.getRowType());
                columns.set(
                        column,
                        over(
                                SqlStdOperatorTable.FIRST_VALUE,
                                nullable(value.getType()),
                                List.of(value),
                                partition,
                                List.of(new RexFieldCollation(mark, Set.of(SqlKind.NULLS_LAST)))));
            }
            return project(counted, columns);
        }

        private List<RexNode> keys(RelNode rel) {
            List<RexNode> keys = new ArrayList<>();
            for (int key = leftCount + rightCount; key < mark() - 1; key++) {
                keys.add(RexInputRef.of(key, rel.getRowType()));
            }
            return keys;
        }

        private RexNode over(
                SqlAggFunction function,
                RelDataType type,
                List<RexNode> arguments,
                List<RexNode> partition,
                List<RexFieldCollation> order) {
            return rex.makeOver(
                    type,
                    function,
                    arguments,
                    partition,
                    ImmutableList.copyOf(order),
                    RexWindowBounds.UNBOUNDED_PRECEDING,
                    RexWindowBounds.CURRENT_ROW,
                    RexWindowExclusion.EXCLUDE_NO_OTHER,
                    true,
                    true,
                    false,
                    false,
                    false);
        }

        private RelNode project(RelNode input, List<RexNode> columns) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                names.add("c" + i);
            }
            return project(input, columns, names);
        }

        private RelNode project(RelNode input, List<RexNode> columns, List<String> names) {
            return LogicalProject.create(input, List.of(), columns, names, ImmutableSet.of());
        }
    }
}
