package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a good order for the joins of one graph: the best one up to ten relations, step by step the smallest result above that.
///
/// The cost of a join is its rows plus twice the rows of the side that is built plus half the rows of the side that probes: what a
/// hash join touches. Relations that no equality ties together are combined last, the smallest first.
final class JoinSearch {
    private static final int MAX_EXHAUSTIVE = 10;

    private final JoinGraph graph;

    JoinSearch(JoinGraph graph) {
        this.graph = graph;
        graph.close();
    }

    JoinTree best() {
        int count = graph.leaves().size();
        if (count > JoinGraph.MAX_LEAVES) {
            return asWritten(count);
        }
        List<JoinTree> parts = new ArrayList<>();
        long rest = count == 64 ? -1L : (1L << count) - 1;
        while (rest != 0) {
            long component = component(Long.lowestOneBit(rest), rest);
            parts.add(
                    Long.bitCount(component) <= MAX_EXHAUSTIVE
                            ? exhaustive(component)
                            : greedy(component));
            rest &= ~component;
        }
        while (parts.size() > 1) {
            joinSmallest(parts);
        }
        return parts.getFirst();
    }

    private JoinTree asWritten(int count) {
        JoinTree tree = JoinTree.leaf(graph, 0);
        for (int leaf = 1; leaf < count; leaf++) {
            tree = JoinTree.join(tree, JoinTree.leaf(graph, leaf));
        }
        return tree;
    }

    /// All leaves that equalities tie to the given ones.
    private long component(long start, long among) {
        long component = start;
        while (true) {
            long before = component;
            for (long rest = among & ~component; rest != 0; rest &= rest - 1) {
                long leaf = Long.lowestOneBit(rest);
                if (graph.connected(component, leaf)) {
                    component |= leaf;
                }
            }
            if (component == before) {
                return component;
            }
        }
    }

    private double cost(long left, long right) {
        double a = graph.rows(left);
        double b = graph.rows(right);
        return graph.rows(left | right) + 2 * Math.min(a, b) + 0.5 * Math.max(a, b);
    }

    /// What is known of the best join of a set of leaves.
    private static final class Best {
        final double[] cost;
        final long[] left;

        Best(int size) {
            cost = new double[size];
            left = new long[size];
            java.util.Arrays.fill(cost, Double.POSITIVE_INFINITY);
        }
    }

    /// The cheapest tree without products: every set of leaves, smaller ones first, cut in two in every way.
    private JoinTree exhaustive(long component) {
        int[] leafOf = new int[Long.bitCount(component)];
        int next = 0;
        for (long rest = component; rest != 0; rest &= rest - 1) {
            leafOf[next++] = Long.numberOfTrailingZeros(rest);
        }
        Best best = new Best(1 << next);
        for (int set = 1; set < 1 << next; set++) {
            if (Integer.bitCount(set) == 1) {
                best.cost[set] = 0;
                continue;
            }
            for (int left = (set - 1) & set; left > set >> 1 || left > 0; left = (left - 1) & set) {
                int right = set & ~left;
                if (left < right) {
                    break;
                }
                consider(best, set, left, right, leafOf);
            }
        }
        return tree(best, (1 << next) - 1, leafOf);
    }

    private void consider(Best best, int set, int left, int right, int[] leafOf) {
        double cost = best.cost[left] + best.cost[right];
        if (cost >= best.cost[set]) {
            return;
        }
        long a = leaves(left, leafOf);
        long b = leaves(right, leafOf);
        if (graph.connected(a, b)) {
            cost += cost(a, b);
            if (cost < best.cost[set]) {
                best.cost[set] = cost;
                best.left[set] = left;
            }
        }
    }

    private static long leaves(int set, int[] leafOf) {
        long leaves = 0;
        for (int rest = set; rest != 0; rest &= rest - 1) {
            leaves |= 1L << leafOf[Integer.numberOfTrailingZeros(rest)];
        }
        return leaves;
    }

    private JoinTree tree(Best best, int set, int[] leafOf) {
        if (Integer.bitCount(set) == 1) {
            return JoinTree.leaf(graph, leafOf[Integer.numberOfTrailingZeros(set)]);
        }
        int left = (int) best.left[set];
        return JoinTree.join(tree(best, left, leafOf), tree(best, set & ~left, leafOf));
    }

    /// Joins the two trees whose join costs least, until one is left.
    private JoinTree greedy(long component) {
        List<JoinTree> trees = new ArrayList<>();
        for (long rest = component; rest != 0; rest &= rest - 1) {
            trees.add(JoinTree.leaf(graph, Long.numberOfTrailingZeros(rest)));
        }
        while (trees.size() > 1) {
            joinCheapest(trees);
        }
        return trees.getFirst();
    }

    private void joinCheapest(List<JoinTree> trees) {
        double cheapest = Double.POSITIVE_INFINITY;
        @Nullable JoinTree bestLeft = null;
        @Nullable JoinTree bestRight = null;
        for (int i = 0; i < trees.size(); i++) {
            for (int j = i + 1; j < trees.size(); j++) {
                JoinTree left = trees.get(i);
                JoinTree right = trees.get(j);
                if (graph.connected(left.leaves(), right.leaves())) {
                    double cost = cost(left.leaves(), right.leaves());
                    if (cost < cheapest) {
                        cheapest = cost;
                        bestLeft = left;
                        bestRight = right;
                    }
                }
            }
        }
        assert bestLeft != null && bestRight != null : "a component is connected";
        trees.remove(bestLeft);
        trees.remove(bestRight);
        trees.add(JoinTree.join(bestLeft, bestRight));
    }

    private void joinSmallest(List<JoinTree> parts) {
        parts.sort(java.util.Comparator.comparingDouble(part -> graph.rows(part.leaves())));
        JoinTree joined = JoinTree.join(parts.get(1), parts.get(0));
        parts.subList(0, 2).clear();
        parts.add(joined);
    }
}
