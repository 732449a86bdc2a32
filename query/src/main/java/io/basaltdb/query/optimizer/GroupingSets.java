package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// GROUPING SETS, ROLLUP and CUBE become one grouping for each set, put together by UNION ALL; GROUPING() is a constant in each of them.
final class GroupingSets {
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same instanceof Aggregate aggregate && needsWork(aggregate)
                ? union(aggregate)
                : same;
    }

    private static boolean needsWork(Aggregate aggregate) {
        return aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || aggregate.getAggCallList().stream().anyMatch(GroupingSets::isGrouping);
    }

    @SuppressWarnings("ReferenceEquality") // there is one of each operator
    private static boolean isGrouping(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.GROUPING
                || call.getAggregation() == SqlStdOperatorTable.GROUPING_ID;
    }

    private static RelNode union(Aggregate aggregate) {
        List<RelNode> parts = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            parts.add(part(aggregate, set));
        }
        return parts.size() == 1 ? parts.getFirst() : LogicalUnion.create(parts, true);
    }

    private static RelNode part(Aggregate aggregate, ImmutableBitSet set) {
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!isGrouping(call)) {
                calls.add(ofSet(call, aggregate.getInput(), set));
            }
        }
        RelNode grouped =
                LogicalAggregate.create(aggregate.getInput(), ImmutableList.of(), set, null, calls);
        RexBuilder rex = Rels.rex(aggregate);
        List<RexNode> expressions = new ArrayList<>();
        List<RelDataTypeField> row = aggregate.getRowType().getFieldList();
        for (int key : aggregate.getGroupSet()) {
            RelDataType type = row.get(expressions.size()).getType();
            expressions.add(
                    set.get(key)
                            ? typed(
                                    rex,
                                    RexInputRef.of(set.indexOf(key), grouped.getRowType()),
                                    type)
                            : rex.makeNullLiteral(type));
        }
        int next = set.cardinality();
        for (AggregateCall call : aggregate.getAggCallList()) {
            RelDataType type = row.get(expressions.size()).getType();
            expressions.add(
                    isGrouping(call)
                            ? rex.makeExactLiteral(bits(call, set), type)
                            : typed(rex, RexInputRef.of(next++, grouped.getRowType()), type));
        }
        return LogicalProject.create(
                grouped,
                ImmutableList.of(),
                expressions,
                aggregate.getRowType().getFieldNames(),
                ImmutableSet.of());
    }

    /// The call with the type that it has in groups of that set: without keys a sum may be NULL where it was not.
    private static AggregateCall ofSet(AggregateCall call, RelNode input, ImmutableBitSet set) {
        return AggregateCall.create(
                call.getAggregation(),
                call.isDistinct(),
                call.isApproximate(),
                call.ignoreNulls(),
                call.rexList,
                call.getArgList(),
                call.filterArg,
                call.distinctKeys,
                call.getCollation(),
                set.isEmpty(),
                input,
                null,
                call.getName());
    }

    private static RexNode typed(RexBuilder rex, RexNode ref, RelDataType type) {
        return ref.getType().equals(type) ? ref : rex.makeCast(type, ref, true, false);
    }

    /// One bit per argument, the last one lowest: set where the grouping set leaves it out.
    private static BigDecimal bits(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return BigDecimal.valueOf(bits);
    }
}
