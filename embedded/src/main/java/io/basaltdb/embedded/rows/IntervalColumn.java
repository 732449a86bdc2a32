package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import org.jspecify.annotations.Nullable;

/// A column of intervals, sent as text.
final class IntervalColumn extends ColumnEncoder {
    private final Type.Interval.Unit unit;

    IntervalColumn(Type.Interval.Unit unit) {
        super(WireType.UTF8);
        this.unit = unit;
    }

    @Override
    void appendLongs(LongVector vector, int @Nullable [] selection, int from, int to) {
        for (int i = from; i < to; i++) {
            int row = selection == null ? i : selection[i];
            if (vector.isNull(row)) {
                buffer().appendNull();
            } else {
                ((TextBuffer) buffer()).append(IntervalText.of(unit, vector.values()[row]));
            }
        }
    }

    @Override
    void appendConstant(ConstantVector vector, int count) {
        for (int i = 0; i < count; i++) {
            if (vector.value() instanceof Value.Whole(long value)) {
                appendText(IntervalText.of(unit, value));
            } else {
                buffer().appendNull();
            }
        }
    }
}
