package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// Moves every predicate that cannot fail as near to the scans as its columns allow, turns outer joins whose missing rows no predicate lets
/// through into inner ones, and tells each side of a join what follows for it from the other side's predicates.
///
/// Predicates that can fail stay where they were written, above everything that runs before them.
final class PredicatePushDown {
    RelNode apply(RelNode rel) {
        return push(rel, List.of());
    }

    /// The rows of the tree for which the predicates, all of them movable, hold.
    private RelNode push(RelNode rel, List<RexNode> predicates) {
        return switch (rel) {
            case Filter filter -> filter(filter, predicates);
            case Project project -> project(project, predicates);
            case Join join -> join(join, predicates);
            case Aggregate aggregate -> aggregate(aggregate, predicates);
            case WindowRel window -> window(window, predicates);
            case Sort sort when sort.fetch == null && sort.offset == null ->
                    sort.copy(sort.getTraitSet(), List.of(push(sort.getInput(), predicates)));
            case Union union when hasSameTypes(union) -> union(union, predicates);
            default -> Rels.filter(withInputsPushed(rel), predicates);
        };
    }

    private RelNode withInputsPushed(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(push(input, List.of()));
        }
        return inputs.isEmpty() ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    private RelNode filter(Filter filter, List<RexNode> predicates) {
        List<RexNode> pushed = new ArrayList<>(predicates);
        List<RexNode> kept = new ArrayList<>();
        for (RexNode conjunct : Conjunctions.of(filter.getCondition())) {
            if (Fallibility.isMovable(conjunct)) {
                pushed.addAll(Disjunctions.factored(Rels.rex(filter), conjunct));
                continue;
            }
            RexNode narrowed = PlaceColumns.narrowed(conjunct, filter.getInput());
            if (Fallibility.isMovable(narrowed)) {
                pushed.add(narrowed);
            } else {
                kept.add(conjunct);
            }
        }
        RelNode input = push(filter.getInput(), pushed);
        return kept.isEmpty() ? input : Rels.filter(input, kept);
    }

    private RelNode project(Project project, List<RexNode> predicates) {
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode predicate : predicates) {
            RexNode below = Columns.replaced(predicate, project.getProjects());
            if (!project.containsOver() && Fallibility.isMovable(below)) {
                pushed.add(below);
            } else {
                kept.add(predicate);
            }
        }
        RelNode input = push(project.getInput(), pushed);
        List<RexNode> refs = Rels.refs(input);
        List<RexNode> expressions = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            expressions.add(Columns.replaced(expression, refs));
        }
        RelNode projected =
                LogicalProject.create(
                        input,
                        List.of(),
                        expressions,
                        project.getRowType().getFieldNames(),
                        com.google.common.collect.ImmutableSet.of());
        return Rels.filter(withTypes(projected, project), kept);
    }

    /// A projection whose types may have become narrower (no NULL any more) in the types that the tree above expects.
    private static RelNode withTypes(RelNode rel, RelNode expected) {
        return Rels.select(
                rel,
                Columns.identity(expected.getRowType().getFieldCount()),
                expected.getRowType());
    }

    private RelNode aggregate(Aggregate aggregate, List<RexNode> predicates) {
        ImmutableBitSet groups = ImmutableBitSet.range(aggregate.getGroupCount());
        List<RexNode> keys = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            keys.add(RexInputRef.of(key, aggregate.getInput().getRowType()));
        }
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode predicate : predicates) {
            ImmutableBitSet used = Columns.used(predicate);
            boolean ofKeys = !used.isEmpty() && groups.contains(used);
            if (ofKeys && aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
                pushed.add(Columns.replaced(predicate, keys));
            } else {
                kept.add(predicate);
            }
        }
        RelNode input = withTypes(push(aggregate.getInput(), pushed), aggregate.getInput());
        return Rels.filter(aggregate.copy(aggregate.getTraitSet(), List.of(input)), kept);
    }

    /// A predicate on what cuts the partitions leaves whole ones out; any other would change what the calls see.
    private RelNode window(WindowRel window, List<RexNode> predicates) {
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode predicate : predicates) {
            ImmutableBitSet used = Columns.used(predicate);
            boolean cuts = !used.isEmpty() && window.partition().contains(used);
            (cuts ? pushed : kept).add(predicate);
        }
        RelNode input = withTypes(push(window.getInput(), pushed), window.getInput());
        return Rels.filter(window.copy(window.getTraitSet(), List.of(input)), kept);
    }

    private static boolean hasSameTypes(Union union) {
        return union.getInputs().stream()
                .allMatch(input -> input.getRowType().equalsSansFieldNames(union.getRowType()));
    }

    private RelNode union(Union union, List<RexNode> predicates) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            inputs.add(withTypes(push(input, predicates), input));
        }
        return union.copy(union.getTraitSet(), inputs);
    }

    private RelNode join(Join join, List<RexNode> predicates) {
        int leftFields = join.getLeft().getRowType().getFieldCount();
        int fields = leftFields + join.getRight().getRowType().getFieldCount();
        ImmutableBitSet leftSet = ImmutableBitSet.range(leftFields);
        ImmutableBitSet rightSet = ImmutableBitSet.range(leftFields, fields);
        JoinRelType kind = simplified(join.getJoinType(), predicates, leftSet, rightSet);
        LinkedHashSet<RexNode> on = new LinkedHashSet<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : Conjunctions.of(join.getCondition())) {
            if (Fallibility.isMovable(conjunct)) {
                on.addAll(Disjunctions.factored(Rels.rex(join), conjunct));
            } else if (kind == JoinRelType.INNER) {
                above.add(conjunct);
            } else {
                on.add(conjunct);
            }
        }
        if (kind == JoinRelType.INNER) {
            on.addAll(predicates);
        }
        boolean leftByCondition =
                kind == JoinRelType.INNER || kind == JoinRelType.SEMI || kind == JoinRelType.RIGHT;
        boolean rightByCondition =
                kind == JoinRelType.INNER || !kind.projectsRight() || kind == JoinRelType.LEFT;
        boolean leftByPredicate = kind == JoinRelType.LEFT || !kind.projectsRight();
        boolean rightByPredicate = kind == JoinRelType.RIGHT;
        Sides sides = new Sides(leftSet, rightSet);
        if (kind != JoinRelType.INNER) {
            for (RexNode predicate : predicates) {
                ImmutableBitSet used = Columns.used(predicate);
                if (leftByPredicate && leftSet.contains(used)) {
                    sides.left.add(predicate);
                } else if (rightByPredicate && rightSet.contains(used)) {
                    sides.right.add(predicate);
                } else {
                    above.add(predicate);
                }
            }
        }
        List<RexNode> condition = new ArrayList<>();
        for (RexNode conjunct : on) {
            ImmutableBitSet used = Columns.used(conjunct);
            boolean movable = Fallibility.isMovable(conjunct);
            if (movable && leftByCondition && leftSet.contains(used)) {
                sides.left.add(conjunct);
            } else if (movable && rightByCondition && rightSet.contains(used)) {
                sides.right.add(conjunct);
            } else {
                condition.add(conjunct);
                if (movable && leftByCondition) {
                    sides.left.addAll(Disjunctions.impliedOn(Rels.rex(join), conjunct, leftSet));
                }
                if (movable && rightByCondition) {
                    sides.right.addAll(Disjunctions.impliedOn(Rels.rex(join), conjunct, rightSet));
                }
            }
        }
        sides.inferFrom(condition, leftByCondition, rightByCondition);
        RelNode left = push(join.getLeft(), List.copyOf(sides.left));
        List<RexNode> right =
                sides.right.stream()
                        .map(predicate -> Columns.moved(predicate, -leftFields))
                        .toList();
        RelNode joined = Rels.join(left, push(join.getRight(), right), condition, kind);
        return Rels.filter(withTypes(joined, join), above);
    }

    /// What is known of each side's rows.
    private static final class Sides {
        final LinkedHashSet<RexNode> left = new LinkedHashSet<>();
        final LinkedHashSet<RexNode> right = new LinkedHashSet<>();
        private final ImmutableBitSet leftSet;
        private final ImmutableBitSet rightSet;

        Sides(ImmutableBitSet leftSet, ImmutableBitSet rightSet) {
            this.leftSet = leftSet;
            this.rightSet = rightSet;
        }

        /// From `l.x = r.y` and a predicate on x alone follows the same on y.
        void inferFrom(List<RexNode> condition, boolean toLeft, boolean toRight) {
            for (RexNode conjunct : condition) {
                if (conjunct instanceof RexCall call
                        && call.getKind() == SqlKind.EQUALS
                        && call.getOperands().get(0) instanceof RexInputRef a
                        && call.getOperands().get(1) instanceof RexInputRef b
                        && a.getType().getSqlTypeName() == b.getType().getSqlTypeName()
                        && a.getType().getPrecision() == b.getType().getPrecision()
                        && a.getType().getScale() == b.getType().getScale()) {
                    boolean inOrder = leftSet.get(a.getIndex());
                    RexInputRef inLeft = inOrder ? a : b;
                    RexInputRef inRight = inOrder ? b : a;
                    if (leftSet.get(inLeft.getIndex()) && rightSet.get(inRight.getIndex())) {
                        if (toRight) {
                            right.addAll(about(left, inLeft, inRight));
                        }
                        if (toLeft) {
                            left.addAll(about(right, inRight, inLeft));
                        }
                    }
                }
            }
        }

        private static List<RexNode> about(
                Iterable<RexNode> predicates, RexInputRef from, RexInputRef to) {
            List<RexNode> inferred = new ArrayList<>();
            for (RexNode predicate : predicates) {
                if (Columns.used(predicate).equals(ImmutableBitSet.of(from.getIndex()))) {
                    int[] positions = Columns.identity(from.getIndex() + 1);
                    positions[from.getIndex()] = to.getIndex();
                    inferred.add(Columns.shifted(predicate, positions));
                }
            }
            return inferred;
        }
    }

    /// An outer join whose rows without partner fail a predicate anyway loses nothing as an inner one.
    private static JoinRelType simplified(
            JoinRelType kind,
            List<RexNode> predicates,
            ImmutableBitSet leftSet,
            ImmutableBitSet rightSet) {
        boolean nullsOnLeft = kind.generatesNullsOnLeft() && !rejects(predicates, leftSet);
        boolean nullsOnRight = kind.generatesNullsOnRight() && !rejects(predicates, rightSet);
        if (!kind.isOuterJoin()) {
            return kind;
        }
        if (nullsOnLeft && nullsOnRight) {
            return JoinRelType.FULL;
        }
        return nullsOnLeft
                ? JoinRelType.RIGHT
                : nullsOnRight ? JoinRelType.LEFT : JoinRelType.INNER;
    }

    private static boolean rejects(List<RexNode> predicates, ImmutableBitSet columns) {
        return predicates.stream().anyMatch(predicate -> Strong.isNotTrue(predicate, columns));
    }
}
