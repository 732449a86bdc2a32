package io.basaltdb.query.optimizer;

import java.util.Arrays;
import org.apache.calcite.util.ImmutableBitSet;

/// The cheapest tree of a few leaves that equalities tie together, without products: every set of them, smaller ones first, is cut in
/// two in every way. Sets are bits of an `int`, counted among these leaves alone.
final class ExhaustiveJoins {
    private final JoinGraph graph;
    private final int[] leafOf;
    private final int[] reach;
    private final double[] rows;
    private final double[] cost;
    private final int[] left;

    ExhaustiveJoins(JoinGraph graph, ImmutableBitSet component) {
        this.graph = graph;
        this.leafOf = component.toArray();
        int sets = 1 << leafOf.length;
        this.reach = new int[sets];
        this.rows = new double[sets];
        this.cost = new double[sets];
        this.left = new int[sets];
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
    }

    JoinTree best() {
        int sets = cost.length;
        for (int set = 1; set < sets; set++) {
            int lowest = Integer.lowestOneBit(set);
            if (set == lowest) {
                cost[set] = 0;
                rows[set] = graph.rows(leaves(set));
                reach[set] = neighbours(Integer.numberOfTrailingZeros(set));
            } else {
                reach[set] = reach[lowest] | reach[set ^ lowest];
                cut(set);
            }
        }
        return tree(sets - 1);
    }

    private int neighbours(int leaf) {
        int set = 0;
        for (int i = 0; i < leafOf.length; i++) {
            if (graph.neighbours(leafOf[leaf]).get(leafOf[i])) {
                set |= 1 << i;
            }
        }
        return set;
    }

    /// Of each way to cut the set in two, the half with its highest leaf is the left one.
    private void cut(int set) {
        int highest = Integer.highestOneBit(set);
        int lower = set ^ highest;
        for (int right = Integer.lowestOneBit(lower); right != 0; right = (right - lower) & lower) {
            int other = set ^ right;
            double halves = cost[other] + cost[right];
            if (halves >= cost[set] || (reach[other] & right) == 0) {
                continue;
            }
            if (rows[set] == 0) {
                rows[set] = graph.rows(leaves(set));
            }
            double whole = halves + JoinSearch.cost(rows[other], rows[right], rows[set]);
            if (whole < cost[set]) {
                cost[set] = whole;
                left[set] = other;
            }
        }
    }

    private ImmutableBitSet leaves(int set) {
        ImmutableBitSet.Builder leaves = ImmutableBitSet.builder();
        for (int rest = set; rest != 0; rest &= rest - 1) {
            leaves.set(leafOf[Integer.numberOfTrailingZeros(rest)]);
        }
        return leaves.build();
    }

    private JoinTree tree(int set) {
        if (Integer.bitCount(set) == 1) {
            return JoinTree.leaf(graph, leafOf[Integer.numberOfTrailingZeros(set)]);
        }
        return JoinTree.join(tree(left[set]), tree(set ^ left[set]));
    }
}
