package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the key columns of a row become one `long`: packed exactly, or hashed.
sealed interface KeyForm {
    /// Computes the keys of the batch's rows.
    ///
    /// @param columns the batch's key columns
    /// @param lanes gets the lanes that can have a match, ascending; those with a NULL key or outside the build side's range are left out
    /// @param keys gets the key of each of those lanes
    /// @return how many lanes there are
    int compute(Batch batch, List<Integer> columns, int[] lanes, long[] keys);

    /// Whether equal longs mean equal keys.
    boolean isExact();

    /// The lowest form that fits the keys of the build side.
    static KeyForm of(List<RowStore> stores, List<Integer> columns) {
        List<Packed.Field> fields = new ArrayList<>();
        int bits = 0;
        for (int column : columns) {
            Packed.@Nullable Field field = Packed.Field.of(stores, column, bits);
            if (field == null) {
                return new Hashed(new KeyHash(columns.size()));
            }
            bits += field.bits();
            fields.add(field);
        }
        return bits <= 63
                ? new Packed(List.copyOf(fields), bits)
                : new Hashed(new KeyHash(columns.size()));
    }

    /// A form with caches of its own, for one thread.
    default KeyForm forOneThread() {
        return this;
    }

    /// Each column's distance from its least value on the build side, shifted behind the columns before it.
    record Packed(List<Field> fields, int bits) implements KeyForm {
        /// @param min least value on the build side
        /// @param range greatest minus least
        record Field(long min, long range, int shift) {
            int bits() {
                return 64 - Long.numberOfLeadingZeros(range);
            }

            static @Nullable Field of(List<RowStore> stores, int column, int shift) {
                long min = Long.MAX_VALUE;
                long max = Long.MIN_VALUE;
                for (RowStore store : stores) {
                    ColumnStore values = store.column(column);
                    if (!(values instanceof LongStore longs) || longs.isWide()) {
                        return null;
                    }
                    long[] array = longs.values();
                    for (int row = 0; row < longs.size(); row++) {
                        if (!longs.mayHaveNulls() || !longs.isNull(row)) {
                            min = Math.min(min, array[row]);
                            max = Math.max(max, array[row]);
                        }
                    }
                }
                if (min > max) {
                    return new Field(0, 0, shift);
                }
                return max - min < 0 ? null : new Field(min, max - min, shift);
            }
        }

        /// No key of the build side is greater.
        long maxKey() {
            if (fields.size() == 1) {
                return fields.getFirst().range();
            }
            return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public int compute(Batch batch, List<Integer> columns, int[] lanes, long[] keys) {
            int count = KeyForm.liveLanes(batch, columns, lanes);
            Arrays.fill(keys, 0, count, 0);
            for (int k = 0; k < fields.size(); k++) {
                count = add(fields.get(k), batch.column(columns.get(k)), lanes, keys, count);
            }
            return count;
        }

        private static int add(Field field, Vector vector, int[] lanes, long[] keys, int count) {
            return switch (vector) {
                case LongVector(_, _, long[] values, _, _) ->
                        add(field, values, lanes, keys, count);
                case ConstantVector(_, int size, var value, _) -> {
                    long[] values = new long[size];
                    boolean fits = value instanceof Value.Whole;
                    Arrays.fill(values, fits ? ((Value.Whole) value).value() : 0);
                    yield fits ? add(field, values, lanes, keys, count) : 0;
                }
                default -> addSlowly(field, vector, lanes, keys, count);
            };
        }

        private static int add(Field field, long[] values, int[] lanes, long[] keys, int count) {
            long min = field.min;
            long range = field.range;
            int shift = field.shift;
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int lane = lanes[i];
                long value = values[lane];
                long distance = value - min;
                keys[kept] = keys[i] | distance << shift;
                lanes[kept] = lane;
                kept += value >= min && Long.compareUnsigned(distance, range) <= 0 ? 1 : 0;
            }
            return kept;
        }

        private static int addSlowly(
                Field field, Vector vector, int[] lanes, long[] keys, int count) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int lane = lanes[i];
                if (KeyHash.fitsLong(vector, lane)) {
                    long value = KeyHash.low(vector, lane);
                    long distance = value - field.min;
                    keys[kept] = keys[i] | distance << field.shift;
                    lanes[kept] = lane;
                    kept +=
                            value >= field.min && Long.compareUnsigned(distance, field.range) <= 0
                                    ? 1
                                    : 0;
                }
            }
            return kept;
        }
    }

    /// A 64-bit hash over all key columns.
    record Hashed(KeyHash hash) implements KeyForm {
        @Override
        public boolean isExact() {
            return false;
        }

        @Override
        public KeyForm forOneThread() {
            return new Hashed(new KeyHash(hash.columnCount()));
        }

        @Override
        public int compute(Batch batch, List<Integer> columns, int[] lanes, long[] keys) {
            int count = KeyForm.liveLanes(batch, columns, lanes);
            hash.compute(batch, columns, lanes, count, keys);
            return count;
        }
    }

    /// The batch's rows of which no key is NULL.
    static int liveLanes(Batch batch, List<Integer> columns, int[] lanes) {
        int count = batch.rowCount();
        Selection selection = batch.selection();
        if (selection == null) {
            for (int i = 0; i < count; i++) {
                lanes[i] = i;
            }
        } else {
            System.arraycopy(selection.rows(), 0, lanes, 0, count);
        }
        for (int column : columns) {
            long[] validity = batch.column(column).validity();
            if (validity != null) {
                int kept = 0;
                for (int i = 0; i < count; i++) {
                    int lane = lanes[i];
                    lanes[kept] = lane;
                    kept += (int) (validity[lane >> 6] >>> lane & 1);
                }
                count = kept;
            }
        }
        return count;
    }
}
