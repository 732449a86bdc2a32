package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;

/// What an aggregation does, prepared once: which columns it needs, how its keys lie, and which states its calls share. Immutable once made.
final class AggregateShape {
    private final List<Field> keyFields = new ArrayList<>();
    private final int[] keyColumns;
    private final List<Type> keyTypes = new ArrayList<>();
    private final List<Integer> inputColumns = new ArrayList<>();
    private final List<Type> inputTypes = new ArrayList<>();
    private final List<Boolean> inputNullable = new ArrayList<>();
    private final List<Mask> masks = new ArrayList<>();
    private final List<LongStates.Slot> slots = new ArrayList<>();
    private final List<AccumulatorMaker> others = new ArrayList<>();
    private final List<CallState> calls = new ArrayList<>();
    private final double expectedRows;
    private int stride;

    /// Rows that count for a call: those where all the inputs are valid and the filter (−1: none) is true. Inputs by position.
    record Mask(List<Integer> inputs, int filter) {}

    AggregateShape(PlanNode.Aggregate node) {
        this(
                node.input().output(),
                node.groupColumns(),
                node.calls(),
                node.input().estimatedRows());
    }

    AggregateShape(Schema input, List<Integer> groupColumns, List<AggregateCall> aggregates) {
        this(input, groupColumns, aggregates, 0);
    }

    private AggregateShape(
            Schema input,
            List<Integer> groupColumns,
            List<AggregateCall> aggregates,
            double expectedRows) {
        this.expectedRows = expectedRows;
        for (int column : groupColumns) {
            keyFields.add(input.field(column));
            keyTypes.add(input.type(column));
        }
        keyColumns = groupColumns.stream().mapToInt(Integer::intValue).toArray();
        for (AggregateCall call : aggregates) {
            calls.add(new CallPlanner(this, input).plan(call));
        }
    }

    /// How keys of those forms lie.
    KeyLayout layout(KeyForms forms) {
        return new KeyLayout(keyFields, forms);
    }

    /// Rows that will come, as far as can be guessed.
    double expectedRows() {
        return expectedRows;
    }

    boolean hasKeys() {
        return keyColumns.length > 0;
    }

    int[] keyColumns() {
        return keyColumns;
    }

    Type keyType(int key) {
        return keyTypes.get(key);
    }

    List<Integer> inputColumns() {
        return inputColumns;
    }

    List<Mask> masks() {
        return masks;
    }

    List<LongStates.Slot> slots() {
        return slots;
    }

    /// Longs per group in [LongStates].
    int stride() {
        return stride;
    }

    List<AccumulatorMaker> others() {
        return others;
    }

    List<CallState> calls() {
        return calls;
    }

    Type inputType(int input) {
        return inputTypes.get(input);
    }

    FlatColumn[] newKeyColumns() {
        return keyTypes.stream().map(FlatColumn::new).toArray(FlatColumn[]::new);
    }

    FlatColumn[] newInputColumns() {
        return inputTypes.stream().map(FlatColumn::new).toArray(FlatColumn[]::new);
    }

    /// The position of an input column among those that calls need.
    int input(int column, Field field) {
        int known = inputColumns.indexOf(column);
        if (known >= 0) {
            return known;
        }
        inputColumns.add(column);
        inputTypes.add(field.type());
        inputNullable.add(field.nullable());
        return inputColumns.size() - 1;
    }

    /// The index of a mask; −1 for one that every row passes. Inputs that are never NULL do not count.
    int mask(List<Integer> inputs, int filter) {
        List<Integer> nullable = inputs.stream().filter(inputNullable::get).toList();
        if (nullable.isEmpty() && filter < 0) {
            return -1;
        }
        Mask mask = new Mask(nullable, filter);
        int known = masks.indexOf(mask);
        if (known >= 0) {
            return known;
        }
        masks.add(mask);
        return masks.size() - 1;
    }

    /// The offset of a state that may be shared by several calls.
    int slot(LongStates.Op op, int input, int mask) {
        for (LongStates.Slot slot : slots) {
            if (slot.op() == op && slot.input() == input && slot.mask() == mask) {
                return slot.offset();
            }
        }
        slots.add(new LongStates.Slot(op, input, mask, stride));
        int offset = stride;
        stride += op.words();
        return offset;
    }

    /// The index of an accumulator of its own; equal makers share one.
    int other(AccumulatorMaker maker) {
        int known = others.indexOf(maker);
        if (known >= 0) {
            return known;
        }
        others.add(maker);
        return others.size() - 1;
    }
}
