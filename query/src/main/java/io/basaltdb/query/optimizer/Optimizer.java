package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.PlanNode;
import java.util.function.BooleanSupplier;
import org.apache.calcite.rel.RelNode;

/// The door: a bound tree in, a plan out. Safe for use by many threads; one tree is used by one.
public final class Optimizer {
    private Optimizer() {}

    /// How much is done.
    public enum Effort {
        /// Only what execution needs: joins as written, predicates where they were written. The other side of tests that compare two ways.
        NAIVE,
        FULL
    }

    /// @param outOfTime asked between passes; once true, the passes that a plan can do without are left out
    public static PlanNode optimize(RelNode root, Effort effort, BooleanSupplier outOfTime) {
        Cardinality cardinality = new Cardinality();
        RelNode tree = tree(root, effort, outOfTime, cardinality);
        return new PhysicalPlanner(cardinality).planSharing(tree, effort == Effort.FULL);
    }

    /// The tree behind all passes.
    static RelNode tree(
            RelNode root, Effort effort, BooleanSupplier outOfTime, Cardinality cardinality) {
        RelNode tree = root;
        for (Phase phase : Phase.values()) {
            if (phase.isWanted(effort, outOfTime.getAsBoolean())) {
                tree = phase.pass(tree, cardinality).apply(tree);
            }
        }
        return tree;
    }
}
