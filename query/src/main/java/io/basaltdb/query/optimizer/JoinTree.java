package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Leaves of a graph put together.
///
/// @param leaves the set of them
/// @param order their numbers as their columns stand in the tree
record JoinTree(JoinGraph graph, RelNode rel, ImmutableBitSet leaves, List<Integer> order) {

    static JoinTree leaf(JoinGraph graph, int leaf) {
        ImmutableBitSet set = ImmutableBitSet.of(leaf);
        JoinTree tree = new JoinTree(graph, graph.leaves().get(leaf).rel(), set, List.of(leaf));
        List<RexNode> own = new ArrayList<>();
        for (JoinGraph.Condition condition : graph.others()) {
            if (condition.leaves().equals(set)) {
                own.add(Columns.shifted(condition.node(), tree.positions()));
            }
        }
        return own.isEmpty()
                ? tree
                : new JoinTree(graph, Rels.filter(tree.rel, own), set, tree.order);
    }

    /// The join of two trees under every condition that becomes decidable by it.
    static JoinTree join(JoinTree left, JoinTree right) {
        JoinGraph graph = left.graph;
        ImmutableBitSet set = left.leaves.union(right.leaves);
        List<Integer> order = new ArrayList<>(left.order);
        order.addAll(right.order);
        JoinTree both = new JoinTree(graph, left.rel, set, order);
        int[] positions = both.positions();
        List<RexNode> conditions = new ArrayList<>();
        for (List<Integer> columns : graph.classes()) {
            int a = left.member(columns);
            int b = right.member(columns);
            if (a >= 0 && b >= 0) {
                conditions.add(
                        Rels.rex(left.rel)
                                .makeCall(
                                        SqlStdOperatorTable.EQUALS,
                                        new RexInputRef(positions[a], graph.type(a)),
                                        new RexInputRef(positions[b], graph.type(b))));
            }
        }
        for (JoinGraph.Condition condition : graph.others()) {
            boolean wasDecidable =
                    left.leaves.contains(condition.leaves())
                            || right.leaves.contains(condition.leaves());
            if (set.contains(condition.leaves()) && !wasDecidable) {
                conditions.add(Columns.shifted(condition.node(), positions));
            }
        }
        return new JoinTree(
                graph, Rels.join(left.rel, right.rel, conditions, JoinRelType.INNER), set, order);
    }

    /// The first of the columns that this tree has, −1 where there is none.
    private int member(List<Integer> columns) {
        for (int column : columns) {
            if (leaves.get(graph.leafOf(column))) {
                return column;
            }
        }
        return -1;
    }

    /// Where these columns of the graph are in the tree.
    int[] columnsOf(int[] columns) {
        int[] positions = positions();
        int[] result = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            result[i] = positions[columns[i]];
        }
        return result;
    }

    private int[] positions() {
        List<JoinGraph.Leaf> all = graph.leaves();
        JoinGraph.Leaf last = all.getLast();
        int[] positions = new int[last.firstColumn() + last.rel().getRowType().getFieldCount()];
        java.util.Arrays.fill(positions, -1);
        int next = 0;
        for (int leaf : order) {
            JoinGraph.Leaf one = all.get(leaf);
            for (int i = 0; i < one.rel().getRowType().getFieldCount(); i++) {
                positions[one.firstColumn() + i] = next++;
            }
        }
        return positions;
    }
}
