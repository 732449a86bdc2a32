package io.basaltdb.query.operator.join;

import io.basaltdb.storage.vector.Selection;
import org.jspecify.annotations.Nullable;

/// Chain heads in an array indexed by the key itself, for packed keys from 0 to a small bound.
final class DenseTable implements JoinTable {
    private final int[] heads;
    private final int partitionSize;
    private int rowCount;

    /// @param maxKey greatest key; all keys looked up or inserted are from 0 to it
    DenseTable(long maxKey, int partitions) {
        this.heads = new int[Math.toIntExact(maxKey + 1)];
        this.partitionSize = (int) (maxKey / partitions) + 1;
    }

    static long bytesFor(long maxKey) {
        return 4 * (maxKey + 1);
    }

    @Override
    public void lookup(long[] keys, int count, int[] out) {
        int[] table = heads;
        for (int i = 0; i < count; i++) {
            out[i] = table[(int) keys[i]];
        }
    }

    @Override
    public void insert(long[] keys, int[] rows, int count, int[] next, int partition) {
        int from = partition * partitionSize;
        int[] table = heads;
        for (int i = 0; i < count; i++) {
            int key = (int) keys[i];
            if (key - from >= 0 && key - from < partitionSize) {
                int row = rows[i];
                next[row] = table[key];
                table[key] = row + 1;
            }
        }
    }

    void noteRowCount(int rows) {
        rowCount = rows;
    }

    /// Whether most keys between the least and the greatest have no row, so that a look at the table spares more than it costs.
    boolean isSparse() {
        return rowCount < heads.length / 2;
    }

    /// The lanes among `among` (null: the first `size`) whose value has a row here.
    Selection select(
            long[] values,
            KeyForm.Packed.Field field,
            @Nullable Selection among,
            int size,
            int[] out) {
        long min = field.min();
        int[] table = heads;
        int candidates = among == null ? size : among.count();
        int count = 0;
        for (int i = 0; i < candidates; i++) {
            int lane = among == null ? i : among.rows()[i];
            long distance = values[lane] - min;
            out[count] = lane;
            boolean inside =
                    values[lane] >= min && Long.compareUnsigned(distance, field.range()) <= 0;
            count += inside && table[(int) distance] != 0 ? 1 : 0;
        }
        return new Selection(out, count);
    }

    @Override
    public long bytes() {
        return 4L * heads.length;
    }
}
