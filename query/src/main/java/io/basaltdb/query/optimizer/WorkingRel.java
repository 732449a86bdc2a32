package io.basaltdb.query.optimizer;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/// The rows that the last step of a recursion gave.
final class WorkingRel extends AbstractRelNode {
    private final int table;

    WorkingRel(RelNode place, int table, RelDataType row) {
        super(place.getCluster(), place.getTraitSet());
        this.table = table;
        this.rowType = row;
    }

    int table() {
        return table;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("table", table);
    }
}
