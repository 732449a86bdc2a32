package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.util.ImmutableBitSet;

/// Finds a good order for the joins of one graph.
///
/// Relations that equalities tie together are joined first, each such set along its equalities: in the best order up to ten
/// relations, step by step the cheapest join above that, however many they are. Only then what is left is combined, the cheapest
/// pair first: relations that an equality of three or more of them ties together, then products.
///
/// The cost of a join is its rows plus twice the rows of the side that is built plus half the rows of the side that probes: what a
/// hash join touches. A product touches every pair.
final class JoinSearch {
    private static final int MAX_EXHAUSTIVE = 10;

    private final JoinGraph graph;

    JoinSearch(JoinGraph graph) {
        this.graph = graph;
        graph.close();
    }

    JoinTree best() {
        List<JoinTree> parts = new ArrayList<>();
        for (ImmutableBitSet component : graph.components()) {
            parts.add(
                    component.cardinality() <= MAX_EXHAUSTIVE
                            ? new ExhaustiveJoins(graph, component).best()
                            : GreedyJoins.alongEqualities(graph).joined(leaves(component)));
        }
        return GreedyJoins.ofAnyPairs(graph).joined(parts);
    }

    private List<JoinTree> leaves(ImmutableBitSet component) {
        List<JoinTree> trees = new ArrayList<>();
        for (int leaf : component) {
            trees.add(JoinTree.leaf(graph, leaf));
        }
        return trees;
    }

    /// What a hash join of sides with so many rows touches.
    static double cost(double leftRows, double rightRows, double rows) {
        return rows + 2 * Math.min(leftRows, rightRows) + 0.5 * Math.max(leftRows, rightRows);
    }
}
