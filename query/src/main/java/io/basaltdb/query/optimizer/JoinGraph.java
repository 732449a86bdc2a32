package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expressions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Relations that are joined, and what must hold between them. Columns are numbered through all leaves, in the order of adding.
///
/// Equal columns form classes: from a = b and b = c follows a = c, so that any two leaves with a column in the same class can be joined.
final class JoinGraph {
    /// A relation.
    ///
    /// @param firstColumn number of its first column
    record Leaf(RelNode rel, int firstColumn, double rows) {}

    /// A condition that is no equality of two columns.
    ///
    /// @param leaves whose columns it reads
    /// @param left of an equality whose sides read different leaves, what a hash join can use: those of one side; else empty
    /// @param right those of the other side
    record Condition(
            RexNode node,
            ImmutableBitSet leaves,
            double selectivity,
            ImmutableBitSet left,
            ImmutableBitSet right) {

        /// Whether a hash join of the two sets can use the equality.
        boolean ties(ImmutableBitSet some, ImmutableBitSet others) {
            return !left.isEmpty()
                    && ((some.contains(left) && others.contains(right))
                            || (some.contains(right) && others.contains(left)));
        }
    }

    private final Cardinality cardinality;
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<RelDataType> types = new ArrayList<>();
    private final List<Integer> leafOfColumn = new ArrayList<>();
    private final List<Double> distinct = new ArrayList<>();
    private final List<RexNode> conditions = new ArrayList<>();

    private final Map<ImmutableBitSet, Double> rowsOfSet = new HashMap<>();

    private int[] classOf = {};
    private List<List<Integer>> classes = List.of();
    private List<Condition> others = List.of();
    private List<ImmutableBitSet> neighbours = List.of();

    JoinGraph(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    /// Adds a relation; answers the numbers of its columns.
    int[] addLeaf(RelNode rel) {
        int first = leafOfColumn.size();
        Estimate estimate = cardinality.of(rel);
        int fields = rel.getRowType().getFieldCount();
        int[] columns = new int[fields];
        for (int i = 0; i < fields; i++) {
            columns[i] = first + i;
            leafOfColumn.add(leaves.size());
            types.add(rel.getRowType().getFieldList().get(i).getType());
            distinct.add(estimate.distinct(i));
        }
        leaves.add(new Leaf(rel, first, estimate.rows()));
        return columns;
    }

    void addCondition(RexNode condition) {
        conditions.add(condition);
    }

    List<Leaf> leaves() {
        return leaves;
    }

    RelDataType type(int column) {
        return types.get(column);
    }

    int leafOf(int column) {
        return leafOfColumn.get(column);
    }

    /// Columns that are equal to each other, class by class.
    List<List<Integer>> classes() {
        return classes;
    }

    List<Condition> others() {
        return others;
    }

    /// Sorts the conditions into classes of equal columns and others; called once all are added.
    void close() {
        classOf = Columns.identity(types.size());
        List<Condition> rest = new ArrayList<>();
        for (RexNode condition : conditions) {
            if (isEquality(condition)) {
                RexCall call = (RexCall) condition;
                union(column(call, 0).getIndex(), column(call, 1).getIndex());
            } else {
                rest.add(other(condition));
            }
        }
        Map<Integer, List<Integer>> members = new HashMap<>();
        for (int column = 0; column < classOf.length; column++) {
            members.computeIfAbsent(find(column), _ -> new ArrayList<>()).add(column);
        }
        classes =
                members.values().stream()
                        .filter(columns -> columns.size() > 1)
                        .sorted(Comparator.comparing(List::getFirst))
                        .toList();
        others = List.copyOf(rest);
        neighbours = neighboursOfLeaves();
    }

    private Condition other(RexNode condition) {
        ImmutableBitSet left = ImmutableBitSet.of();
        ImmutableBitSet right = ImmutableBitSet.of();
        if (condition instanceof RexCall call && call.getKind() == SqlKind.EQUALS) {
            left = leavesOf(call.getOperands().get(0));
            right = leavesOf(call.getOperands().get(1));
        }
        boolean apart = !left.isEmpty() && !right.isEmpty() && !left.intersects(right);
        return new Condition(
                condition,
                leavesOf(condition),
                selectivity(condition),
                apart ? left : ImmutableBitSet.of(),
                apart ? right : ImmutableBitSet.of());
    }

    /// Of each leaf those to which an equality of two leaves ties it.
    private List<ImmutableBitSet> neighboursOfLeaves() {
        List<ImmutableBitSet.Builder> sets = new ArrayList<>();
        leaves.forEach(_ -> sets.add(ImmutableBitSet.builder()));
        for (List<Integer> columns : classes) {
            tie(leavesOf(columns), sets);
        }
        for (Condition condition : others) {
            if (condition.left().cardinality() == 1 && condition.right().cardinality() == 1) {
                tie(condition.leaves(), sets);
            }
        }
        return sets.stream().map(ImmutableBitSet.Builder::build).toList();
    }

    private static void tie(ImmutableBitSet tied, List<ImmutableBitSet.Builder> sets) {
        for (int leaf : tied) {
            sets.get(leaf).addAll(tied.clear(leaf));
        }
    }

    /// The column that the operand is, seen through casts between whole numbers, which change no value; null where it is none.
    private static @Nullable RexInputRef columnOrNull(RexCall call, int operand) {
        RexNode node = call.getOperands().get(operand);
        while (node.getKind() == SqlKind.CAST
                && CommonType.areWhole(
                        node.getType(), ((RexCall) node).getOperands().getFirst().getType())
                && !Expressions.isFallible(ExpressionBuilder.build(node))) {
            node = ((RexCall) node).getOperands().getFirst();
        }
        return node instanceof RexInputRef column ? column : null;
    }

    private static RexInputRef column(RexCall call, int operand) {
        @Nullable RexInputRef column = columnOrNull(call, operand);
        assert column != null;
        return column;
    }

    private boolean isEquality(RexNode condition) {
        if (!(condition instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
            return false;
        }
        @Nullable RexInputRef a = columnOrNull(call, 0);
        @Nullable RexInputRef b = columnOrNull(call, 1);
        return a != null
                && b != null
                && leafOf(a.getIndex()) != leafOf(b.getIndex())
                && CommonType.haveSameOrder(a.getType(), b.getType());
    }

    private int find(int column) {
        int root = column;
        while (classOf[root] != root) {
            root = classOf[root];
        }
        return root;
    }

    private void union(int a, int b) {
        classOf[find(b)] = find(a);
    }

    private ImmutableBitSet leavesOf(RexNode condition) {
        return leavesOf(Columns.used(condition));
    }

    private ImmutableBitSet leavesOf(Iterable<Integer> columns) {
        ImmutableBitSet.Builder set = ImmutableBitSet.builder();
        for (int column : columns) {
            set.set(leafOf(column));
        }
        return set.build();
    }

    private double selectivity(RexNode condition) {
        double rows = 1;
        Estimate.Column[] columns = new Estimate.Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Estimate.Column(distinct.get(i), 0, null, null);
        }
        for (int column : Columns.used(condition)) {
            rows = Math.max(rows, leaves.get(leafOf(column)).rows());
        }
        return new Selectivity(new Estimate(rows, columns)).of(List.of(condition));
    }

    /// The leaves to which an equality ties the leaf.
    ImmutableBitSet neighbours(int leaf) {
        return neighbours.get(leaf);
    }

    /// Whether an equality ties the two sets together, so that a hash join can join them.
    boolean tied(ImmutableBitSet some, ImmutableBitSet others) {
        for (int leaf : some) {
            if (neighbours(leaf).intersects(others)) {
                return true;
            }
        }
        return this.others.stream().anyMatch(condition -> condition.ties(some, others));
    }

    /// The leaves, cut into sets that equalities of two leaves tie together.
    List<ImmutableBitSet> components() {
        List<ImmutableBitSet> components = new ArrayList<>();
        ImmutableBitSet rest = ImmutableBitSet.range(leaves.size());
        while (!rest.isEmpty()) {
            ImmutableBitSet component = ImmutableBitSet.of();
            ImmutableBitSet reached = ImmutableBitSet.of(rest.nextSetBit(0));
            while (!reached.isEmpty()) {
                component = component.union(reached);
                ImmutableBitSet.Builder next = ImmutableBitSet.builder();
                for (int leaf : reached) {
                    next.addAll(neighbours(leaf));
                }
                reached = next.build().except(component);
            }
            components.add(component);
            rest = rest.except(component);
        }
        return components;
    }

    /// Rows of the join of these leaves, whatever the order in which they are joined.
    ///
    /// Of k equal columns all but the one with the fewest distinct values divide the product of the rows. What one leaf divides by all
    /// its columns together is at most its rows: a composite key has no more values than rows.
    double rows(ImmutableBitSet set) {
        return rowsOfSet.computeIfAbsent(set, this::guessRows);
    }

    private double guessRows(ImmutableBitSet set) {
        double rows = 1;
        double[] divisors = new double[leaves.size()];
        java.util.Arrays.fill(divisors, 1);
        for (List<Integer> columns : classes) {
            addDivisors(columns, set, divisors);
        }
        for (int leaf : set) {
            double own = leaves.get(leaf).rows();
            rows *= own / Math.min(divisors[leaf], own);
        }
        for (Condition condition : others) {
            if (set.contains(condition.leaves()) && condition.leaves().cardinality() > 1) {
                rows *= condition.selectivity();
            }
        }
        return Math.max(1, rows);
    }

    private void addDivisors(List<Integer> columns, ImmutableBitSet set, double[] divisors) {
        List<Integer> inside = new ArrayList<>();
        ImmutableBitSet.Builder seen = ImmutableBitSet.builder();
        for (int column : columns) {
            int leaf = leafOf(column);
            if (set.get(leaf) && !seen.get(leaf)) {
                seen.set(leaf);
                inside.add(column);
            }
        }
        if (inside.size() < 2) {
            return;
        }
        inside.sort(
                Comparator.<Integer>comparingDouble(column -> -distinct.get(column))
                        .thenComparingDouble(column -> leaves.get(leafOf(column)).rows()));
        for (int column : inside.subList(0, inside.size() - 1)) {
            divisors[leafOf(column)] *= distinct.get(column);
        }
    }
}
