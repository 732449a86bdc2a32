package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.PlanNode;
import java.util.function.BooleanSupplier;
import org.apache.calcite.rel.RelNode;

/// The door: a bound tree in, a plan out, in two steps. Safe for use by many threads; one tree is used by one.
public final class Optimizer {
    private Optimizer() {}

    /// How much is done.
    public enum Effort {
        /// Only what execution needs: joins as written, predicates where they were written. The other side of tests that compare two ways.
        NAIVE,
        FULL
    }

    /// The tree behind the passes for which it is the same which literals it holds.
    ///
    /// @param canceled asked between passes; may throw
    public static RelNode prepare(RelNode root, BooleanSupplier canceled) {
        return tree(root, false, Effort.FULL, canceled, new Cardinality());
    }

    /// @param prepared by [#prepare]
    /// @param outOfTime asked between passes; once true, the passes that a plan can do without are left out
    public static PlanNode optimize(RelNode prepared, Effort effort, BooleanSupplier outOfTime) {
        Cardinality cardinality = new Cardinality();
        RelNode tree = tree(prepared, true, effort, outOfTime, cardinality);
        return new PhysicalPlanner(cardinality).planSharing(tree, effort == Effort.FULL);
    }

    private static RelNode tree(
            RelNode root,
            boolean isPrepared,
            Effort effort,
            BooleanSupplier outOfTime,
            Cardinality cardinality) {
        RelNode tree = root;
        for (Phase phase : Phase.values()) {
            if (phase.usesLiterals() == isPrepared
                    && phase.isWanted(effort, outOfTime.getAsBoolean())) {
                tree = phase.pass(tree, cardinality).apply(tree);
            }
        }
        return tree;
    }
}
