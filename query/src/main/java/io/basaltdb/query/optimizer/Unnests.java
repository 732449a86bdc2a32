package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/// UNNEST: a list of the row itself is unnested where it stands, without a join of each row with a query of its own.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
final class Unnests extends RexShuttle {
    RelNode apply(RelNode rel) {
        RelNode same = withInputs(rel).accept(this);
        return switch (same) {
            case Correlate correlate -> correlated(correlate);
            case Uncollect unnest -> alone(unnest);
            default -> same;
        };
    }

    private RelNode withInputs(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < rel.getInputs().size(); i++) {
            RelNode input = rel.getInput(i);
            // What is unnested beside its row is looked at together with it.
            RelNode rewritten =
                    rel instanceof Correlate && i == 1 && spine(input) != null
                            ? input
                            : apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        return changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rewritten = apply(operands.rel);
        return rewritten == operands.rel ? operands : operands.clone(rewritten);
    }

    /// Of no row but those of the input: its lists without what else it has.
    private static RelNode alone(Uncollect unnest) {
        int lists = unnest.getInput().getRowType().getFieldCount();
        RelNode rel =
                new UnnestRel(
                        unnest.getInput(),
                        IntStream.range(0, lists).boxed().toList(),
                        unnest.withOrdinality,
                        false,
                        unnest.getRowType());
        int[] fields = IntStream.range(lists, rel.getRowType().getFieldCount()).toArray();
        return Rels.select(rel, fields, unnest.getRowType());
    }

    /// The selections and projections above an UNNEST of expressions, the lowest last, and behind them the UNNEST; null where the tree is another.
    private static @Nullable List<RelNode> spine(RelNode rel) {
        List<RelNode> spine = new ArrayList<>();
        RelNode node = rel;
        while (node instanceof Project || node instanceof Filter) {
            spine.add(node);
            node = node.getInput(0);
        }
        spine.add(node);
        return node instanceof Uncollect unnest
                        && unnest.getInput() instanceof Project project
                        && project.getInput() instanceof Values values
                        && values.getTuples().size() == 1
                ? spine
                : null;
    }

    private static RelNode correlated(Correlate correlate) {
        @Nullable List<RelNode> spine = spine(correlate.getRight());
        boolean keepsEmpty = correlate.getJoinType() == JoinRelType.LEFT;
        if (spine == null
                || !(keepsEmpty || correlate.getJoinType() == JoinRelType.INNER)
                || (keepsEmpty && spine.stream().anyMatch(Filter.class::isInstance))) {
            return correlate;
        }
        RelNode left = correlate.getLeft();
        int width = left.getRowType().getFieldCount();
        Uncollect unnest = (Uncollect) spine.getLast();
        Project lists = (Project) unnest.getInput();
        OuterRow outer = new OuterRow(correlate.getCorrelationId(), left);
        List<RexNode> expressions = new ArrayList<>(Rels.refs(left));
        expressions.addAll(outer.apply(lists.getProjects()));
        List<String> names = new ArrayList<>(left.getRowType().getFieldNames());
        lists.getProjects().forEach(list -> names.add("list" + names.size()));
        RelNode rel =
                new UnnestRel(
                        project(left, expressions, names),
                        IntStream.range(width, expressions.size()).boxed().toList(),
                        unnest.withOrdinality,
                        keepsEmpty,
                        unnest.getRowType());
        int first = expressions.size();
        for (RelNode node : spine.subList(0, spine.size() - 1).reversed()) {
            RexShuttle moved = new Moved(first, rel);
            if (node instanceof Filter filter) {
                rel = LogicalFilter.create(rel, outer.apply(filter.getCondition()).accept(moved));
            } else {
                List<RexNode> all = new ArrayList<>(Rels.refs(rel).subList(0, width));
                for (RexNode expression : ((Project) node).getProjects()) {
                    all.add(outer.apply(expression).accept(moved));
                }
                List<String> allNames = new ArrayList<>(left.getRowType().getFieldNames());
                allNames.addAll(node.getRowType().getFieldNames());
                rel = project(rel, all, allNames);
                first = width;
            }
        }
        if (RelOptUtil.getVariablesUsed(rel).contains(correlate.getCorrelationId())) {
            return correlate;
        }
        RelDataType row = correlate.getRowType();
        int[] fields = new int[row.getFieldCount()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = i < width ? i : first + i - width;
        }
        return Rels.select(rel, fields, row);
    }

    private static RelNode project(RelNode input, List<RexNode> expressions, List<String> names) {
        return LogicalProject.create(
                input, ImmutableList.of(), expressions, names, ImmutableSet.of());
    }

    /// Puts fields of the left row where the outer row is mentioned. They come as references from the right end of all numbers, which [Moved] leaves alone.
    private static final class OuterRow extends RexShuttle {
        private final CorrelationId id;
        private final RelNode left;

        OuterRow(CorrelationId id, RelNode left) {
            this.id = id;
            this.left = left;
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                    && variable.id.equals(id)) {
                int field = access.getField().getIndex();
                return new OuterField(field, left.getRowType().getFieldList().get(field).getType());
            }
            return super.visitFieldAccess(access);
        }
    }

    /// A field of the left row, which keeps its place.
    private static final class OuterField extends RexInputRef {
        OuterField(int index, RelDataType type) {
            super(index, type);
        }
    }

    /// Moves the fields of the right row behind those of the left.
    private static final class Moved extends RexShuttle {
        private final int by;
        private final RelNode input;

        Moved(int by, RelNode input) {
            this.by = by;
            this.input = input;
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return ref instanceof OuterField
                    ? new RexInputRef(ref.getIndex(), ref.getType())
                    : RexInputRef.of(ref.getIndex() + by, input.getRowType());
        }
    }
}
