package io.basaltdb.query.optimizer;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/// The rows of the input as one reading gave them: all nodes with the same number give the same rows, though their input would give others when computed
/// again. No pass moves anything across it, so what stands below is the same under each of them.
public final class OnceRel extends SingleRel {
    private final int number;

    private OnceRel(RelNode input, int number) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.number = number;
    }

    /// The input where it gives the same rows each time that it is computed, else a node over it.
    ///
    /// @param number what the places that must see the same rows have in common: the id of one of the nodes that they read
    public static RelNode of(RelNode input, int number) {
        return Repeatability.isRepeatable(input) ? input : new OnceRel(input, number);
    }

    /// The same rows with other fields.
    OnceRel over(RelNode other, int otherNumber) {
        return new OnceRel(other, otherNumber);
    }

    int number() {
        return number;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new OnceRel(inputs.getFirst(), number);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("number", number);
    }
}
