package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// The sub-trees that occur more than once and cost clearly more to compute again than to keep: a WITH query that is used twice, the input of several
/// grouping sets; and those that must be computed once ([OnceRel]), whatever that costs. They are found behind all passes, so what a use has pushed into its copy stays there, and only copies that are still equal are one.
///
/// Uses may ask for different fields; the shared plan gives all that any of them asks for. So planning is repeated until no use asks for more.
final class SharedTrees {
    /// Rows that an operator can pass in the time that it takes to keep one.
    private static final double KEEPING_COST = 3;

    /// From there on it does not matter how many uses there are.
    private static final int MANY = 1000;

    /// A tree by what it computes, its inputs by number.
    private record Shape(Class<?> kind, List<Integer> inputs, List<Object> terms) {}

    /// One tree that is shared.
    private static final class Tree {
        private final int number;
        private ImmutableBitSet required = ImmutableBitSet.of();
        private @Nullable PlannedRel planned;

        Tree(int number) {
            this.number = number;
        }
    }

    private final Cardinality cardinality;
    private final Map<Shape, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<RelNode, Integer> numberOf = new IdentityHashMap<>();
    private final List<RelNode> nodes = new ArrayList<>();
    private final List<List<Integer>> inputsOf = new ArrayList<>();
    private final List<Boolean> repeatable = new ArrayList<>();

    /// Of what must be computed once, by the number that its places have in common.
    private final Map<Integer, Integer> onces = new HashMap<>();

    private final Map<Integer, Tree> shared = new HashMap<>();
    private final Map<Integer, Double> workOf = new HashMap<>();
    private boolean grown;

    private SharedTrees(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    /// @param saving whether trees are shared that need not be
    static SharedTrees of(RelNode root, Cardinality cardinality, boolean saving) {
        SharedTrees trees = new SharedTrees(cardinality);
        trees.number(root);
        trees.choose(saving);
        return trees;
    }

    /// No tree at all.
    static SharedTrees none(Cardinality cardinality) {
        return new SharedTrees(cardinality);
    }

    /// Whether some use has asked for fields that plans made before do not give: then all has to be planned anew.
    boolean mustPlanAgain() {
        if (!grown) {
            return false;
        }
        grown = false;
        shared.values().forEach(tree -> tree.planned = null);
        return true;
    }

    /// The plan of a tree that is shared; null for any other.
    @Nullable PlannedRel plan(RelNode rel, ImmutableBitSet required, PhysicalPlanner planner) {
        Integer number = numberOf.get(rel);
        Tree tree = number == null ? null : shared.get(number);
        if (tree == null) {
            return null;
        }
        if (!tree.required.contains(required)) {
            tree.required = tree.required.union(required);
            tree.planned = null;
            grown = true;
        }
        PlannedRel planned = tree.planned;
        if (planned == null) {
            PlannedRel own = planner.planItself(rel, tree.required);
            planned = new PlannedRel(new PlanNode.Shared(tree.number, own.node()), own.positions());
            tree.planned = planned;
        }
        return planned;
    }

    private int number(RelNode rel) {
        Integer known = numberOf.get(rel);
        if (known != null) {
            return known;
        }
        Integer same = rel instanceof OnceRel once ? onces.get(once.number()) : null;
        if (same != null) {
            numberOf.put(rel, same);
            return same;
        }
        List<Integer> inputs = new ArrayList<>();
        // The steps of a recursion are executions of their own.
        boolean again = !(rel instanceof RecursionRel);
        if (again) {
            for (RelNode input : rel.getInputs()) {
                int number = number(input);
                inputs.add(number);
                again &= repeatable.get(number);
            }
        }
        List<Object> terms = terms(rel);
        Integer number =
                numbers.putIfAbsent(new Shape(rel.getClass(), inputs, terms), nodes.size());
        if (number == null) {
            number = nodes.size();
            nodes.add(rel);
            inputsOf.add(inputs);
            repeatable.add(rel instanceof OnceRel || (again && isRepeatable(rel)));
            if (rel instanceof OnceRel once) {
                onces.put(once.number(), number);
            }
        }
        numberOf.put(rel, number);
        return number;
    }

    /// What a node computes of its inputs. Nodes of which nothing is known are equal to themselves alone.
    private static List<Object> terms(RelNode rel) {
        List<Object> terms = new ArrayList<>();
        rel.getRowType().getFieldList().forEach(f -> terms.add(f.getType().getFullTypeString()));
        switch (rel) {
            case TableScan scan -> terms.add(ScanPlanner.table(scan).relation());
            case Filter filter -> terms.add(filter.getCondition());
            case Project project -> terms.add(project.getProjects());
            case Join join -> {
                terms.add(join.getJoinType());
                terms.add(join.getCondition());
            }
            case Aggregate aggregate -> {
                terms.add(aggregate.getGroupSets());
                terms.add(aggregate.getAggCallList());
            }
            case Sort sort -> {
                terms.add(sort.getCollation());
                terms.add(String.valueOf(sort.offset));
                terms.add(String.valueOf(sort.fetch));
            }
            case Union union -> terms.add(union.all);
            case Values values -> terms.add(values.getTuples());
            case WindowRel window -> {
                terms.add(window.partition());
                terms.add(window.order());
                terms.add(window.calls());
            }
            case RepeatRel repeat -> terms.add(repeat.countField());
            default -> terms.add(rel.getId());
        }
        return terms;
    }

    private static boolean isRepeatable(RelNode rel) {
        return switch (rel) {
            case Filter _, Project _, Join _ -> Repeatability.isDeterministic(rel);
            case TableScan _, Aggregate _, Sort _, Union _, Values _, WindowRel _, RepeatRel _ ->
                    true;
            default -> false;
        };
    }

    /// From the root down, so that of trees within trees the largest is taken: a tree inside a shared one is used by that one alone.
    private void choose(boolean saving) {
        int[] uses = new int[nodes.size()];
        uses[nodes.size() - 1] = 1;
        for (int number = nodes.size() - 1; number >= 0; number--) {
            boolean once =
                    uses[number] > 1
                            && (nodes.get(number) instanceof OnceRel
                                    || (saving && isWorthKeeping(number)));
            if (once) {
                shared.put(number, new Tree(shared.size() + 1));
            }
            for (int input : inputsOf.get(number)) {
                uses[input] = Math.min(uses[input] + (once ? 1 : uses[number]), MANY);
            }
        }
    }

    private boolean isWorthKeeping(int number) {
        RelNode rel = nodes.get(number);
        return repeatable.get(number)
                && !isCheap(rel)
                && work(number) > KEEPING_COST * cardinality.rows(rel);
    }

    /// Nodes that need no keeping themselves: if anything, what is below them does.
    private static boolean isCheap(RelNode rel) {
        return switch (rel) {
            case TableScan _, Values _, Union _, RepeatRel _, OnceRel _ -> true;
            case Filter filter -> isCheap(filter.getInput());
            case Project project ->
                    isCheap(project.getInput()) || areColumns(project.getProjects());
            default -> false;
        };
    }

    private static boolean areColumns(List<RexNode> expressions) {
        return expressions.stream().allMatch(RexInputRef.class::isInstance);
    }

    /// Rows that operators take in to compute the tree, weighed by what they do with one.
    private double work(int number) {
        Double known = workOf.get(number);
        if (known == null) {
            known = workAnew(number);
            workOf.put(number, known);
        }
        return known;
    }

    private double workAnew(int number) {
        RelNode rel = nodes.get(number);
        double below = 0;
        double rows = 0;
        for (int input : inputsOf.get(number)) {
            below += work(input);
            rows += cardinality.rows(nodes.get(input));
        }
        return switch (rel) {
            case TableScan scan -> cardinality.rows(scan);
            case Join _ -> below + 2 * rows;
            case Aggregate _ -> below + 4 * rows;
            case Sort _, WindowRel _ -> below + 8 * rows;
            default -> below;
        };
    }
}
