package io.basaltdb.query.operator.join;

/// Finds the first build row of a key; further rows of the key are chained by [JoinHashes#next].
sealed interface JoinTable permits DenseTable, ChainTable {
    /// For each of the first `count` keys the head of its chain, as row + 1, or 0 where no row has that key.
    void lookup(long[] keys, int count, int[] heads);

    /// Puts rows `from` … `to − 1` in, of which `keys[i]` is the key of row `rows[i]`; only the keys that belong to `partition`.
    void insert(long[] keys, int[] rows, int count, int[] next, int partition);

    long bytes();
}
