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
import org.jspecify.annotations.Nullable;

/// Relations that are joined, and what must hold between them. Columns are numbered through all leaves, in the order of adding.
///
/// Equal columns form classes: from a = b and b = c follows a = c, so that any two leaves with a column in the same class can be joined.
final class JoinGraph {
    /// Sets of leaves are bits of a `long`.
    static final int MAX_LEAVES = 62;

    /// A relation.
    ///
    /// @param firstColumn number of its first column
    record Leaf(RelNode rel, int firstColumn, double rows) {}

    /// A condition that is no equality of two columns.
    ///
    /// @param leaves whose columns it reads
    /// @param equality whether it says that something of one side equals something of another: what a hash join can use
    record Condition(RexNode node, long leaves, double selectivity, boolean equality) {}

    private final Cardinality cardinality;
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<RelDataType> types = new ArrayList<>();
    private final List<Integer> leafOfColumn = new ArrayList<>();
    private final List<Double> distinct = new ArrayList<>();
    private final List<RexNode> conditions = new ArrayList<>();

    private final Map<Long, Double> rowsOfSet = new HashMap<>();

    private int[] classOf = {};
    private List<List<Integer>> classes = List.of();
    private List<Condition> others = List.of();

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
                rest.add(
                        new Condition(
                                condition,
                                leavesOf(condition),
                                selectivity(condition),
                                condition.getKind() == SqlKind.EQUALS));
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

    private long leavesOf(RexNode condition) {
        long set = 0;
        for (int column : Columns.used(condition)) {
            set |= 1L << leafOf(column);
        }
        return set;
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

    /// Whether a class of equal columns or another condition ties the two sets together.
    boolean connected(long left, long right) {
        for (List<Integer> columns : classes) {
            if (touches(columns, left) && touches(columns, right)) {
                return true;
            }
        }
        for (Condition condition : others) {
            long set = condition.leaves();
            if (condition.equality()
                    && (set & left) != 0
                    && (set & right) != 0
                    && (set & ~(left | right)) == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean touches(List<Integer> columns, long set) {
        for (int column : columns) {
            if ((set & 1L << leafOf(column)) != 0) {
                return true;
            }
        }
        return false;
    }

    /// Rows of the join of these leaves, whatever the order in which they are joined.
    ///
    /// Of k equal columns all but the one with the fewest distinct values divide the product of the rows. What one leaf divides by all
    /// its columns together is at most its rows: a composite key has no more values than rows.
    double rows(long set) {
        return rowsOfSet.computeIfAbsent(set, this::guessRows);
    }

    private double guessRows(long set) {
        double rows = 1;
        double[] divisors = new double[leaves.size()];
        java.util.Arrays.fill(divisors, 1);
        for (List<Integer> columns : classes) {
            addDivisors(columns, set, divisors);
        }
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            if ((set & 1L << leaf) != 0) {
                double own = leaves.get(leaf).rows();
                rows *= own / Math.min(divisors[leaf], own);
            }
        }
        for (Condition condition : others) {
            if ((condition.leaves() & ~set) == 0 && Long.bitCount(condition.leaves()) > 1) {
                rows *= condition.selectivity();
            }
        }
        return Math.max(1, rows);
    }

    private void addDivisors(List<Integer> columns, long set, double[] divisors) {
        List<Integer> inside = new ArrayList<>();
        long seen = 0;
        for (int column : columns) {
            long bit = 1L << leafOf(column);
            if ((set & bit) != 0 && (seen & bit) == 0) {
                seen |= bit;
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
