package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.query.plan.WindowFunction;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.util.ImmutableBitSet;

/// The input's fields, and behind them one per window call; all calls share one partitioning and one order.
final class WindowRel extends SingleRel {
    private final ImmutableBitSet partition;
    private final RelCollation order;
    private final List<Call> calls;

    /// As [io.basaltdb.query.plan.WindowCall], over fields.
    record Call(
            WindowFunction function,
            List<Integer> arguments,
            boolean distinct,
            boolean ignoreNulls,
            WindowFrame frame,
            int orderKeys,
            RelDataType type) {}

    WindowRel(RelNode input, ImmutableBitSet partition, RelCollation order, List<Call> calls) {
        super(input.getCluster(), input.getCluster().traitSet(), input);
        this.partition = partition;
        this.order = order;
        this.calls = List.copyOf(calls);
    }

    ImmutableBitSet partition() {
        return partition;
    }

    RelCollation order() {
        return order;
    }

    List<Call> calls() {
        return calls;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory.Builder builder = getCluster().getTypeFactory().builder();
        builder.addAll(input.getRowType().getFieldList());
        int fields = input.getRowType().getFieldCount();
        for (int i = 0; i < calls.size(); i++) {
            builder.add("w" + (fields + i), calls.get(i).type());
        }
        return builder.build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new WindowRel(inputs.getFirst(), partition, order, calls);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("partition", partition)
                .item("order", order)
                .item(
                        "calls",
                        calls.stream()
                                .map(call ->
                                        call.function()
                                                + " "
                                                + call.arguments()
                                                + call.distinct()
                                                + call.ignoreNulls()
                                                + call.frame()
                                                + call.orderKeys()
                                                + call.type().getFullTypeString())
                                .collect(Collectors.joining(";")));
    }
}
