package io.basaltdb.query.operator.window;

/// Whole partitions, sorted: positions 0 … count − 1 stand for the rows `order[from]` … of the store.
///
/// @param order row numbers of the whole store
/// @param partitions where a partition begins
/// @param peers per number of order keys that a call goes by, where rows begin that these keys do not tell apart; the marks of no keys are those of the partitions
record Bucket(int[] order, int from, int count, Marks partitions, Marks[] peers) {
    int row(int position) {
        return order[from + position];
    }
}
