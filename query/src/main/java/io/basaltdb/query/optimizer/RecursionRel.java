package io.basaltdb.query.optimizer;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/// The rows of the left input and those of the right one over them, again and again; see [io.basaltdb.query.plan.PlanNode.Recursion].
final class RecursionRel extends BiRel {
    private final int table;
    private final boolean distinct;
    private final RelDataType row;

    RecursionRel(RelNode seed, RelNode step, int table, boolean distinct, RelDataType row) {
        super(seed.getCluster(), seed.getTraitSet(), seed, step);
        this.table = table;
        this.distinct = distinct;
        this.row = row;
    }

    int table() {
        return table;
    }

    boolean isDistinct() {
        return distinct;
    }

    @Override
    protected RelDataType deriveRowType() {
        return row;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new RecursionRel(inputs.get(0), inputs.get(1), table, distinct, row);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("table", table).item("distinct", distinct);
    }
}
