package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import org.jspecify.annotations.Nullable;

/// Brings rows of many chunks together in one vector.
final class Gather {
    private Gather() {}

    /// The rows at those addresses.
    static Vector rows(Type type, Vector[] chunks, int[] rows, int from, int count) {
        long @Nullable [] validity = validity(chunks, rows, from, count);
        return switch (type.physical()) {
            case LONG -> {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    int row = rows[from + i];
                    values[i] =
                            ((LongVector) chunks[SortOrder.chunk(row)])
                                    .values()[SortOrder.lane(row)];
                }
                yield new LongVector(type, count, values, validity);
            }
            case DOUBLE -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    int row = rows[from + i];
                    values[i] =
                            ((DoubleVector) chunks[SortOrder.chunk(row)])
                                    .values()[SortOrder.lane(row)];
                }
                yield new DoubleVector(type, count, values, validity);
            }
            case WIDE -> {
                long[] high = new long[count];
                long[] low = new long[count];
                for (int i = 0; i < count; i++) {
                    int row = rows[from + i];
                    WideVector wide = (WideVector) chunks[SortOrder.chunk(row)];
                    high[i] = wide.high()[SortOrder.lane(row)];
                    low[i] = wide.low()[SortOrder.lane(row)];
                }
                yield new WideVector(type, count, high, low, validity);
            }
            case BITS -> {
                long[] words = new long[Validity.words(count)];
                for (int i = 0; i < count; i++) {
                    int row = rows[from + i];
                    BitVector bits = (BitVector) chunks[SortOrder.chunk(row)];
                    words[i >> 6] |= (bits.get(SortOrder.lane(row)) ? 1L : 0L) << i;
                }
                yield new BitVector(type, count, words, validity);
            }
            case BYTES -> text(type, chunks, rows, from, count, validity);
        };
    }

    private static Vector text(
            Type type,
            Vector[] chunks,
            int[] rows,
            int from,
            int count,
            long @Nullable [] validity) {
        int[] start = new int[count];
        int[] length = new int[count];
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            length[i] = ((BytesVector) chunks[SortOrder.chunk(row)]).length()[SortOrder.lane(row)];
            start[i] = bytes;
            bytes = Math.addExact(bytes, length[i]);
        }
        byte[] heap = new byte[bytes];
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            BytesVector text = (BytesVector) chunks[SortOrder.chunk(row)];
            System.arraycopy(
                    text.heap(), text.start()[SortOrder.lane(row)], heap, start[i], length[i]);
        }
        return new BytesVector(type, count, heap, start, length, validity);
    }

    private static long @Nullable [] validity(Vector[] chunks, int[] rows, int from, int count) {
        boolean some = false;
        for (Vector chunk : chunks) {
            some |= chunk.mayHaveNulls();
        }
        if (!some) {
            return null;
        }
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            boolean isNull = chunks[SortOrder.chunk(row)].isNull(SortOrder.lane(row));
            validity[i >> 6] |= (isNull ? 0L : 1L) << i;
        }
        return validity;
    }
}
