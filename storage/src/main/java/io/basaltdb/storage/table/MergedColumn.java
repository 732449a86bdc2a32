package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One column of several parts, row by row in the order of their merge. What it hands out is lent until the next call.
final class MergedColumn {
    private final Type type;
    private final MergeInput[] inputs;
    private final MergeOrder order;
    private ChunkColumn column;

    MergedColumn(Type type, List<MergeInput> inputs, MergeOrder order) {
        this.type = type;
        this.inputs = inputs.toArray(new MergeInput[0]);
        this.order = order;
        this.column = ChunkColumn.create(type);
    }

    /// The output rows from `from` on.
    Vector next(int from, int count) {
        return switch (type.physical()) {
            case LONG -> longs(from, count);
            case DOUBLE -> doubles(from, count);
            case WIDE, BITS, BYTES -> runs(from, count);
        };
    }

    private Vector longs(int from, int count) {
        long[] values = new long[count];
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            MergeInput input = inputs[order.source(from + i)];
            LongVector vector = (LongVector) input.column(0);
            int lane = input.lane();
            values[i] = vector.values()[lane];
            validity[i >> 6] |= (vector.isNull(lane) ? 0L : 1L) << i;
            input.advance();
        }
        return new LongVector(type, count, values, orNone(validity, count));
    }

    private Vector doubles(int from, int count) {
        double[] values = new double[count];
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            MergeInput input = inputs[order.source(from + i)];
            DoubleVector vector = (DoubleVector) input.column(0);
            int lane = input.lane();
            values[i] = vector.values()[lane];
            validity[i >> 6] |= (vector.isNull(lane) ? 0L : 1L) << i;
            input.advance();
        }
        return new DoubleVector(type, count, values, orNone(validity, count));
    }

    private static long @Nullable [] orNone(long[] validity, int count) {
        return Validity.count(validity, count) == count ? null : validity;
    }

    /// Copies runs of rows that come from one granule of one part.
    private Vector runs(int from, int count) {
        column = emptied();
        int done = 0;
        while (done < count) {
            int source = order.source(from + done);
            MergeInput input = inputs[source];
            int run = 1;
            int limit = Math.min(count - done, input.available());
            while (run < limit && order.source(from + done + run) == source) {
                run++;
            }
            column = column.append(done, input.column(0), input.lanes(), input.position(), run);
            input.advance(run);
            done += run;
        }
        return column.vector(count);
    }

    /// The column's arrays again, without nulls and text.
    private ChunkColumn emptied() {
        return switch (column) {
            case ChunkColumn.Wides wides ->
                    new ChunkColumn.Wides(type, wides.high(), wides.low(), null);
            case ChunkColumn.Bits bits -> new ChunkColumn.Bits(type, bits.words(), null);
            case ChunkColumn.Texts texts ->
                    new ChunkColumn.Texts(type, texts.heap(), texts.start(), texts.length(), null);
            case ChunkColumn.Longs _, ChunkColumn.Doubles _ -> column;
        };
    }
}
