package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;

/// BIT_AND and BIT_OR: in how many rows each bit is set.
final class SlidingBits extends FrameAggregate {
    private final LongStore values;
    private final boolean all;
    private final Type type;
    private final long[] rowsWithBit = new long[64];
    private final long[] results = new long[Batch.MAX_ROWS];
    private final long[] valid = new long[Validity.words(Batch.MAX_ROWS)];
    private long count;

    SlidingBits(AggregateCall call, RowStore rows) {
        this.values = (LongStore) rows.column(call.arguments().getFirst());
        this.all = call.function() == AggregateFunction.BIT_AND;
        this.type = call.type();
    }

    @Override
    public void clear() {
        Arrays.fill(rowsWithBit, 0);
        count = 0;
    }

    @Override
    public void add(int row) {
        change(values.values()[row], 1);
    }

    @Override
    public void remove(int row) {
        change(values.values()[row], -1);
    }

    private void change(long value, int sign) {
        count += sign;
        for (long bits = value; bits != 0; bits &= bits - 1) {
            rowsWithBit[Long.numberOfTrailingZeros(bits)] += sign;
        }
    }

    @Override
    public void put(int lane) {
        long least = all ? count : 1;
        long value = 0;
        for (int bit = 0; bit < 64; bit++) {
            value |= (rowsWithBit[bit] >= least ? 1L : 0) << bit;
        }
        results[lane] = value;
        valid[lane >> 6] = (valid[lane >> 6] & ~(1L << lane)) | (count == 0 ? 0 : 1L) << lane;
    }

    @Override
    public Vector result(int lanes) {
        return new LongVector(type, lanes, results, valid);
    }
}
