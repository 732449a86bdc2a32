package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.query.plan.WindowCall;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.util.ImmutableBitSet;

/// Plans windows: the calls that are asked for, over the fields that they and the nodes above need.
final class WindowPlanner {
    private final PhysicalPlanner planner;

    WindowPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    PlannedRel plan(WindowRel window, ImmutableBitSet required) {
        int inputFields = window.getInput().getRowType().getFieldCount();
        ImmutableBitSet ofInput = required.intersect(ImmutableBitSet.range(inputFields));
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < window.calls().size(); i++) {
            if (required.get(inputFields + i)) {
                wanted.add(i);
            }
        }
        if (wanted.isEmpty()) {
            PlannedRel input = planner.plan(window.getInput(), ofInput);
            return new PlannedRel(input.node(), positions(window, input));
        }
        ImmutableBitSet.Builder needed = ofInput.rebuild().addAll(window.partition());
        window.order().getKeys().forEach(needed::set);
        wanted.forEach(call -> window.calls().get(call).arguments().forEach(needed::set));
        PlannedRel input = planner.plan(window.getInput(), needed.build());
        int[] positions = positions(window, input);
        List<WindowCall> calls = new ArrayList<>();
        List<Field> fields = new ArrayList<>(input.node().output().fields());
        for (int index : wanted) {
            WindowCall call = call(window, index, input);
            positions[inputFields + index] = fields.size();
            fields.add(new Field(call.name(), call.type(), true));
            calls.add(call);
        }
        PlanNode node =
                new PlanNode.Window(
                        input.node(),
                        window.partition().toList().stream().map(input::position).toList(),
                        order(window, input),
                        calls,
                        new Schema(fields));
        return new PlannedRel(node, positions);
    }

    private static int[] positions(WindowRel window, PlannedRel input) {
        int[] positions = Arrays.copyOf(input.positions(), window.getRowType().getFieldCount());
        Arrays.fill(positions, input.positions().length, positions.length, -1);
        return positions;
    }

    private static List<SortKey> order(WindowRel window, PlannedRel input) {
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation field : window.order().getFieldCollations()) {
            keys.add(
                    new SortKey(
                            input.position(field.getFieldIndex()),
                            field.direction.isDescending(),
                            field.nullDirection == RelFieldCollation.NullDirection.FIRST));
        }
        return keys;
    }

    private static WindowCall call(WindowRel window, int index, PlannedRel input) {
        WindowRel.Call call = window.calls().get(index);
        int inputFields = window.getInput().getRowType().getFieldCount();
        return new WindowCall(
                call.function(),
                call.arguments().stream().map(input::position).toList(),
                call.distinct(),
                call.ignoreNulls(),
                call.frame(),
                call.orderKeys(),
                RelTypes.toType(call.type()),
                window.getRowType().getFieldNames().get(inputFields + index));
    }
}
