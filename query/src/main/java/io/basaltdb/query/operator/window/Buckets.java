package io.basaltdb.query.operator.window;

import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.query.operator.rows.BitStore;
import io.basaltdb.query.operator.rows.BytesStore;
import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.DoubleStore;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import java.util.List;

/// Row numbers put together by the hash of some columns.
///
/// @param order row numbers, bucket after bucket
/// @param starts where each bucket starts in `order`, and behind them the number of rows
record Buckets(int[] order, int[] starts) {
    private static final int ROWS_AT_ONCE = 4096;

    /// @param count a power of two
    static Buckets cut(RowStore rows, List<Integer> columns, int count) {
        int rowCount = rows.rowCount();
        int[] order = new int[rowCount];
        if (count == 1) {
            for (int i = 0; i < rowCount; i++) {
                order[i] = i;
            }
            return new Buckets(order, new int[] {0, rowCount});
        }
        byte[] bucketOf = bucketOf(rows, columns, count - 1);
        int[] starts = new int[count + 1];
        for (int i = 0; i < rowCount; i++) {
            starts[(bucketOf[i] & 0xff) + 1]++;
        }
        for (int b = 0; b < count; b++) {
            starts[b + 1] += starts[b];
        }
        int[] next = starts.clone();
        for (int i = 0; i < rowCount; i++) {
            order[next[bucketOf[i] & 0xff]++] = i;
        }
        return new Buckets(order, starts);
    }

    private static byte[] bucketOf(RowStore rows, List<Integer> columns, int mask) {
        byte[] buckets = new byte[rows.rowCount()];
        List<Hash> hashes = columns.stream().map(column -> hash(rows.column(column))).toList();
        long[] values = new long[ROWS_AT_ONCE];
        for (int from = 0; from < buckets.length; from += ROWS_AT_ONCE) {
            int some = Math.min(ROWS_AT_ONCE, buckets.length - from);
            java.util.Arrays.fill(values, 0, some, 0);
            for (Hash hash : hashes) {
                hash.combine(from, some, values);
            }
            for (int i = 0; i < some; i++) {
                buckets[from + i] = (byte) (Hashing.mix(values[i]) >>> 32 & mask);
            }
        }
        return buckets;
    }

    /// Hashes of one column, combined with those of the columns before.
    private interface Hash {
        void combine(int from, int count, long[] hashes);
    }

    private static Hash hash(ColumnStore store) {
        return switch (store) {
            case LongStore longs -> (from, count, hashes) -> longs(longs, from, count, hashes);
            case DoubleStore doubles ->
                    (from, count, hashes) -> {
                        for (int i = 0; i < count; i++) {
                            long bits = Hashing.bits(doubles.values()[from + i]);
                            put(store, from + i, bits, hashes, i);
                        }
                    };
            case BitStore bits ->
                    (from, count, hashes) -> {
                        for (int i = 0; i < count; i++) {
                            put(store, from + i, bits.get(from + i) ? 1 : 0, hashes, i);
                        }
                    };
            case BytesStore bytes -> hash(bytes);
        };
    }

    private static void longs(LongStore store, int from, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            int row = from + i;
            long low = store.values()[row];
            long high = store.high(row);
            put(store, row, low ^ (high ^ low >> 63) * 31, hashes, i);
        }
    }

    private static Hash hash(BytesStore store) {
        if (store.all() instanceof DictionaryVector(_, int[] codes, Dictionary dictionary, _)) {
            BytesVector values = (BytesVector) dictionary.values();
            long[] ofCode = new long[dictionary.size()];
            Hashing.bytes(values.heap(), values.start(), values.length(), ofCode, ofCode.length);
            return (from, count, hashes) -> {
                for (int i = 0; i < count; i++) {
                    int row = from + i;
                    put(store, row, store.isNull(row) ? 0 : ofCode[codes[row]], hashes, i);
                }
            };
        }
        BytesVector values = (BytesVector) store.all();
        return (from, count, hashes) -> {
            for (int i = 0; i < count; i++) {
                int row = from + i;
                long hash = Hashing.bytes(values.heap(), values.start()[row], values.length()[row]);
                put(store, row, hash, hashes, i);
            }
        };
    }

    private static void put(ColumnStore store, int row, long value, long[] hashes, int lane) {
        hashes[lane] = Hashing.combine(hashes[lane], store.isNull(row) ? Hashing.NULL : value);
    }
}
