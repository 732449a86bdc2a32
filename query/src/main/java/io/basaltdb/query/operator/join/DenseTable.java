package io.basaltdb.query.operator.join;

/// Chain heads in an array indexed by the key itself, for packed keys from 0 to a small bound.
final class DenseTable implements JoinTable {
    private final int[] heads;
    private final int partitionSize;

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

    /// Inserts the rows `begin … end − 1`, whose keys are their values less `min`: as [#insert], where keys stand in one array already.
    void insertRows(long[] values, long min, int begin, int end, int[] next, int partition) {
        int from = partition * partitionSize;
        int size = partitionSize;
        int[] table = heads;
        for (int row = begin; row < end; row++) {
            int key = (int) (values[row] - min);
            if (key - from >= 0 && key - from < size) {
                next[row] = table[key];
                table[key] = row + 1;
            }
        }
    }

    @Override
    public long bytes() {
        return 4L * heads.length;
    }
}
