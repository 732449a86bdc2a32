package io.basaltdb.query.optimizer;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/// Each row of the input as often as its field at this place says.
final class RepeatRel extends SingleRel {
    private final int countField;

    RepeatRel(RelNode input, int countField) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.countField = countField;
    }

    int countField() {
        return countField;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new RepeatRel(inputs.getFirst(), countField);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("count", countField);
    }
}
