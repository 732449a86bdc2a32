package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.query.plan.WindowFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Puts window calls over one input together: those with the same partition, one of whose orders begins with the other, share a sort.
final class WindowGroups {
    private final RelNode input;
    private final RexBuilder rex;
    private final List<RexNode> fields;
    private final Map<RexNode, Integer> fieldOf = new LinkedHashMap<>();
    private final Map<RexOver, Spec> specs = new LinkedHashMap<>();

    /// Where the field of each call is.
    private final Map<Placed, Integer> placedAt = new LinkedHashMap<>();

    /// How a call's rows are cut and ordered.
    private record Window(ImmutableBitSet partition, List<RelFieldCollation> order) {}

    private record Placed(Window window, WindowRel.Call call) {}

    /// @param hasRow whether LAG or LEAD has a row to look at; null where nobody asks
    private record Spec(Placed call, @Nullable Placed hasRow) {}

    WindowGroups(RelNode input) {
        this.input = input;
        this.rex = Rels.rex(input);
        this.fields = new ArrayList<>(Rels.refs(input));
        fields.forEach(field -> fieldOf.putIfAbsent(field, fieldOf.size()));
    }

    void add(RexOver over) {
        if (specs.containsKey(over)) {
            return;
        }
        ImmutableBitSet partition = partition(over);
        Window window = new Window(partition, order(over, partition));
        WindowRel.Call call = call(over, window);
        @Nullable Placed hasRow = null;
        if (hasDefault(over)) {
            field(over.getOperands().get(2));
            hasRow = new Placed(window, hasRow((WindowFunction.Shift) call.function(), window));
        }
        specs.put(over, new Spec(new Placed(window, call), hasRow));
    }

    private ImmutableBitSet partition(RexOver over) {
        ImmutableBitSet.Builder partition = ImmutableBitSet.builder();
        for (RexNode key : over.getWindow().partitionKeys) {
            if (!Windows.isConstant(key)) {
                partition.set(field(key));
            }
        }
        return partition.build();
    }

    private WindowRel.Call hasRow(WindowFunction.Shift shift, Window window) {
        return new WindowRel.Call(
                new WindowFunction.HasShifted(shift.rows()),
                List.of(),
                false,
                false,
                WindowFrame.PARTITION,
                window.order().size(),
                rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN));
    }

    /// A field of the windows' input that holds the expression.
    private int field(RexNode expression) {
        Integer known = fieldOf.get(expression);
        if (known != null) {
            return known;
        }
        fields.add(expression);
        fieldOf.put(expression, fields.size() - 1);
        return fields.size() - 1;
    }

    /// Keys that are constants, cut the partitions or stand there a second time do not order.
    private List<RelFieldCollation> order(RexOver over, ImmutableBitSet partition) {
        List<RelFieldCollation> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            if (Windows.isConstant(key.left)) {
                continue;
            }
            int field = field(key.left);
            boolean known =
                    partition.get(field)
                            || order.stream().anyMatch(k -> k.getFieldIndex() == field);
            if (!known) {
                order.add(
                        new RelFieldCollation(
                                field,
                                key.getDirection(),
                                key.right.contains(SqlKind.NULLS_FIRST)
                                        ? RelFieldCollation.NullDirection.FIRST
                                        : RelFieldCollation.NullDirection.LAST));
            }
        }
        return List.copyOf(order);
    }

    private WindowRel.Call call(RexOver over, Window window) {
        WindowFunction function = WindowFunctions.of(over);
        List<Integer> arguments = new ArrayList<>();
        for (RexNode argument : WindowFunctions.arguments(over, function)) {
            arguments.add(field(argument));
        }
        return new WindowRel.Call(
                function,
                arguments,
                WindowFunctions.isDistinct(over, function),
                over.ignoreNulls(),
                Frames.of(over, window.order().size(), function),
                window.order().size(),
                over.getType());
    }

    static boolean hasDefault(RexOver over) {
        return (over.getOperator().getKind() == SqlKind.LAG
                        || over.getOperator().getKind() == SqlKind.LEAD)
                && over.getOperands().size() > 2;
    }

    /// The operators that compute the calls, over the input.
    RelNode build() {
        Set<Placed> left = new LinkedHashSet<>();
        for (Spec spec : specs.values()) {
            left.add(spec.call());
            if (spec.hasRow() != null) {
                left.add(spec.hasRow());
            }
        }
        RelNode rel = withFields();
        for (Window sort : sorts(left)) {
            List<WindowRel.Call> together = new ArrayList<>();
            int firstField = rel.getRowType().getFieldCount();
            for (Placed placed : left) {
                if (serves(sort, placed.window()) && !placedAt.containsKey(placed)) {
                    placedAt.put(placed, firstField + together.size());
                    together.add(placed.call());
                }
            }
            rel = new WindowRel(rel, sort.partition(), RelCollations.of(sort.order()), together);
        }
        return rel;
    }

    private RelNode withFields() {
        int known = input.getRowType().getFieldCount();
        if (fields.size() == known) {
            return input;
        }
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        for (int i = known; i < fields.size(); i++) {
            names.add("argument" + (i - known + 1));
        }
        return LogicalProject.create(input, ImmutableList.of(), fields, names, ImmutableSet.of());
    }

    /// The fewest sorts that serve all windows: the longest orders.
    private static List<Window> sorts(Set<Placed> calls) {
        List<Window> windows = new ArrayList<>();
        calls.forEach(placed -> windows.add(placed.window()));
        windows.sort(Comparator.comparingInt((Window window) -> -window.order().size()));
        List<Window> sorts = new ArrayList<>();
        for (Window window : windows) {
            if (sorts.stream().noneMatch(sort -> serves(sort, window))) {
                sorts.add(window);
            }
        }
        return sorts;
    }

    private static boolean serves(Window sort, Window window) {
        return sort.partition().equals(window.partition())
                && window.order().size() <= sort.order().size()
                && sort.order().subList(0, window.order().size()).equals(window.order());
    }

    /// The call's own field.
    RexNode field(RexOver over) {
        return ref(spec(over).call());
    }

    /// Whether LAG or LEAD has a row to look at.
    RexNode hasRow(RexOver over) {
        Placed hasRow = spec(over).hasRow();
        assert hasRow != null;
        return ref(hasRow);
    }

    RexNode defaultOf(RexOver over) {
        int field = field(over.getOperands().get(2));
        return new RexInputRef(field, fields.get(field).getType());
    }

    private Spec spec(RexOver over) {
        Spec spec = specs.get(over);
        assert spec != null;
        return spec;
    }

    private RexNode ref(Placed placed) {
        Integer field = placedAt.get(placed);
        assert field != null;
        return new RexInputRef(field, placed.call().type());
    }
}
