package io.basaltdb.query.operator.join;

/// Open addressing with linear probing over interleaved (key, head) pairs, one sub-table per partition of the keys' hashes so that
/// partitions are filled by several threads at once.
final class ChainTable implements JoinTable {
    private final long[][] tables;
    private final int partitionShift;
    private final int mask;

    /// @param rows number of rows that will be inserted at most, in all partitions
    /// @param partitions a power of two
    ChainTable(int rows, int partitions) {
        this.tables = new long[partitions][];
        this.partitionShift = 64 - Integer.numberOfTrailingZeros(partitions);
        int capacity = capacity(rows, partitions);
        this.mask = capacity - 1;
        for (int p = 0; p < partitions; p++) {
            tables[p] = new long[2 * capacity];
        }
    }

    static long bytesFor(int rows, int partitions) {
        return 16L * capacity(rows, partitions) * partitions;
    }

    /// Slots of a sub-table: its share of the rows with room for an uneven split, loaded to at most about a half.
    private static int capacity(int rows, int partitions) {
        long share =
                (long) rows / partitions + (partitions == 1 ? 0 : rows / (4L * partitions) + 1024);
        long slots = Long.highestOneBit(Math.max(8, share * 2 - 1)) << 1;
        return (int) Math.min(slots, 1 << 29);
    }

    @Override
    public void lookup(long[] keys, int count, int[] heads) {
        int slots = mask;
        boolean single = tables.length == 1;
        long[] only = tables[0];
        for (int i = 0; i < count; i++) {
            long key = keys[i];
            long hash = mix(key);
            long[] table = single ? only : tables[(int) (hash >>> partitionShift)];
            int at = (int) hash & slots;
            while (true) {
                long head = table[2 * at + 1];
                if (head == 0 || table[2 * at] == key) {
                    heads[i] = (int) head;
                    break;
                }
                at = at + 1 & slots;
            }
        }
    }

    @Override
    public void insert(long[] keys, int[] rows, int count, int[] next, int partition) {
        long[] table = tables[partition];
        int slots = mask;
        boolean single = tables.length == 1;
        for (int i = 0; i < count; i++) {
            long key = keys[i];
            long hash = mix(key);
            if (!single && (int) (hash >>> partitionShift) != partition) {
                continue;
            }
            int at = (int) hash & slots;
            while (table[2 * at + 1] != 0 && table[2 * at] != key) {
                at = at + 1 & slots;
            }
            int row = rows[i];
            next[row] = (int) table[2 * at + 1];
            table[2 * at] = key;
            table[2 * at + 1] = row + 1L;
        }
    }

    /// Spreads a key over 64 bits (finaliser of Stafford's variant 13 of MurmurHash3).
    private static long mix(long key) {
        long h = key;
        h = (h ^ h >>> 30) * 0xbf58476d1ce4e5b9L;
        h = (h ^ h >>> 27) * 0x94d049bb133111ebL;
        return h ^ h >>> 31;
    }

    @Override
    public long bytes() {
        return 16L * (mask + 1) * tables.length;
    }
}
