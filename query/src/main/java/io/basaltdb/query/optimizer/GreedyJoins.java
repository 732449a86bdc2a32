package io.basaltdb.query.optimizer;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/// Joins the two trees whose join costs least, again and again, until one tree is left. A pair is judged once: a join changes only what
/// its own tree can be paired with.
final class GreedyJoins {
    private final JoinGraph graph;
    private final boolean products;
    private final Set<Integer> present = new LinkedHashSet<>();
    private final PriorityQueue<Pair> pairs =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Pair::cost)
                            .thenComparingInt(Pair::left)
                            .thenComparingInt(Pair::right));

    /// Two trees by the order in which they came.
    private record Pair(int left, int right, double cost) {}

    private GreedyJoins(JoinGraph graph, boolean products) {
        this.graph = graph;
        this.products = products;
    }

    /// Only what an equality ties together is joined; the trees must be tied together as a whole.
    static GreedyJoins alongEqualities(JoinGraph graph) {
        return new GreedyJoins(graph, false);
    }

    /// Whatever is cheapest is joined; where no equality ties a pair together it costs its product.
    static GreedyJoins ofAnyPairs(JoinGraph graph) {
        return new GreedyJoins(graph, true);
    }

    JoinTree joined(List<JoinTree> trees) {
        List<JoinTree> all = new java.util.ArrayList<>(trees);
        for (int tree = 0; tree < trees.size(); tree++) {
            add(all, tree);
        }
        while (present.size() > 1) {
            Pair pair = pairs.remove();
            if (present.contains(pair.left) && present.contains(pair.right)) {
                present.remove(pair.left);
                present.remove(pair.right);
                all.add(JoinTree.join(all.get(pair.left), all.get(pair.right)));
                add(all, all.size() - 1);
            }
        }
        return all.getLast();
    }

    private void add(List<JoinTree> all, int added) {
        JoinTree right = all.get(added);
        double rightRows = graph.rows(right.leaves());
        for (int tree : present) {
            JoinTree left = all.get(tree);
            boolean tied = graph.tied(left.leaves(), right.leaves());
            if (tied || products) {
                double leftRows = graph.rows(left.leaves());
                double rows = graph.rows(left.leaves().union(right.leaves()));
                double cost = JoinSearch.cost(leftRows, rightRows, rows);
                pairs.add(new Pair(tree, added, tied ? cost : cost + leftRows * rightRows));
            }
        }
        present.add(added);
    }
}
