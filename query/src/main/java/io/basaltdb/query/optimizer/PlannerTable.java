package io.basaltdb.query.optimizer;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;

/// A [TableView] as Calcite sees it. Keeps its row type, so that validation does not build it anew.
public final class PlannerTable extends AbstractTable {
    private final TableView view;
    private final RelDataType row;

    public PlannerTable(TableView view, RelDataTypeFactory factory) {
        this.view = view;
        this.row = RelTypes.toRel(factory, view.schema());
    }

    public TableView view() {
        return view;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return row;
    }

    @Override
    public Statistic getStatistic() {
        return Statistics.of(
                (double) view.statistics().rowCount(),
                view.keys().stream().map(ImmutableBitSet::of).toList());
    }
}
