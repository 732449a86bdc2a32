package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// GROUPING SETS, ROLLUP and CUBE become one grouping for each set, put together by UNION ALL; GROUPING() is a constant in each of them.
///
/// Where every call can be computed from its results for finer groups, a set is grouped from the groups of a set that has all its keys, so that the rows
/// are gone through once: by the finest set. Sums of DOUBLE cannot, since each result is rounded.
final class GroupingSets {
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same instanceof Aggregate aggregate && needsWork(aggregate)
                ? union(overOneReading(aggregate))
                : same;
    }

    private static boolean needsWork(Aggregate aggregate) {
        return aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || aggregate.getAggCallList().stream().anyMatch(GroupingSets::isGrouping);
    }

    @SuppressWarnings("ReferenceEquality") // there is one of each operator
    static boolean isGrouping(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.GROUPING
                || call.getAggregation() == SqlStdOperatorTable.GROUPING_ID;
    }

    /// The sets are groupings of the same rows.
    private static Aggregate overOneReading(Aggregate aggregate) {
        RelNode input = aggregate.getInput();
        return (Aggregate)
                aggregate.copy(aggregate.getTraitSet(), List.of(OnceRel.of(input, input.getId())));
    }

    private static RelNode union(Aggregate aggregate) {
        List<RelNode> parts = new ArrayList<>();
        Map<ImmutableBitSet, RelNode> done = new HashMap<>();
        boolean regroups = aggregate.getAggCallList().stream().allMatch(GroupingSets::regroups);
        List<ImmutableBitSet> finestFirst = new ArrayList<>(aggregate.getGroupSets());
        finestFirst.sort(Comparator.comparingInt(ImmutableBitSet::cardinality).reversed());
        for (ImmutableBitSet set : finestFirst) {
            RelNode grouped = done.get(set);
            if (grouped == null) {
                @Nullable ImmutableBitSet finer = regroups ? nearest(set, done.keySet()) : null;
                RelNode known = finer == null ? null : done.get(finer);
                grouped =
                        finer == null || known == null
                                ? grouped(aggregate, set)
                                : regrouped(aggregate, set, finer, known);
                done.put(set, grouped);
            }
            parts.add(part(aggregate, set, grouped));
        }
        return parts.size() == 1 ? parts.getFirst() : LogicalUnion.create(parts, true);
    }

    /// Of the sets with all these keys one with the fewest.
    private static @Nullable ImmutableBitSet nearest(
            ImmutableBitSet set, Set<ImmutableBitSet> done) {
        return done.stream()
                .filter(finer -> finer.contains(set))
                .min(
                        Comparator.comparingInt(ImmutableBitSet::cardinality)
                                .thenComparing(ImmutableBitSet.COMPARATOR))
                .orElse(null);
    }

    private static boolean regroups(AggregateCall call) {
        if (isGrouping(call)) {
            return true;
        }
        boolean plain =
                !call.isDistinct()
                        && !call.isApproximate()
                        && !call.ignoreNulls()
                        && call.distinctKeys == null
                        && call.getCollation().getFieldCollations().isEmpty()
                        && !(call.getAggregation() instanceof AggregateOperator);
        return plain
                && switch (call.getAggregation().getKind()) {
                    case COUNT, MIN, MAX -> true;
                    case SUM -> SqlTypeUtil.isExactNumeric(call.getType());
                    default -> false;
                };
    }

    /// The rows grouped by that set: its keys, then the calls.
    private static RelNode grouped(Aggregate aggregate, ImmutableBitSet set) {
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!isGrouping(call)) {
                calls.add(ofSet(call, aggregate.getInput(), set));
            }
        }
        return LogicalAggregate.create(aggregate.getInput(), ImmutableList.of(), set, null, calls);
    }

    /// The same from the groups of a finer set: counts are added up, the other calls are their own.
    private static RelNode regrouped(
            Aggregate aggregate, ImmutableBitSet set, ImmutableBitSet finer, RelNode known) {
        ImmutableBitSet.Builder keys = ImmutableBitSet.builder();
        set.forEach(key -> keys.set(finer.indexOf(key)));
        List<AggregateCall> calls = new ArrayList<>();
        List<AggregateCall> originals = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!isGrouping(call)) {
                boolean counts = call.getAggregation().getKind() == SqlKind.COUNT;
                int column = finer.cardinality() + calls.size();
                originals.add(call);
                calls.add(
                        AggregateCall.create(
                                counts ? SqlStdOperatorTable.SUM : call.getAggregation(),
                                false,
                                false,
                                false,
                                List.of(),
                                List.of(column),
                                -1,
                                null,
                                call.getCollation(),
                                set.isEmpty(),
                                known,
                                null,
                                call.getName()));
            }
        }
        RelNode regrouped =
                LogicalAggregate.create(known, ImmutableList.of(), keys.build(), null, calls);
        return withTypesOf(originals, aggregate, set, regrouped);
    }

    /// Types as if the rows had been grouped; a count of no groups is 0.
    private static RelNode withTypesOf(
            List<AggregateCall> calls,
            Aggregate aggregate,
            ImmutableBitSet set,
            RelNode regrouped) {
        RexBuilder rex = Rels.rex(aggregate);
        List<RexNode> expressions = new ArrayList<>();
        for (int i = 0; i < set.cardinality(); i++) {
            expressions.add(RexInputRef.of(i, regrouped.getRowType()));
        }
        for (AggregateCall call : calls) {
            RelDataType type = ofSet(call, aggregate.getInput(), set).getType();
            RexNode ref = RexInputRef.of(expressions.size(), regrouped.getRowType());
            if (call.getAggregation().getKind() == SqlKind.COUNT && set.isEmpty()) {
                ref =
                        rex.makeCall(
                                SqlStdOperatorTable.COALESCE,
                                ref,
                                rex.makeExactLiteral(BigDecimal.ZERO, ref.getType()));
            }
            expressions.add(typed(rex, ref, type));
        }
        return LogicalProject.create(
                regrouped,
                ImmutableList.of(),
                expressions,
                regrouped.getRowType().getFieldNames(),
                ImmutableSet.of());
    }

    private static RelNode part(Aggregate aggregate, ImmutableBitSet set, RelNode grouped) {
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
    static AggregateCall ofSet(AggregateCall call, RelNode input, ImmutableBitSet set) {
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
