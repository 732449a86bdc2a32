package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// Numbers of rows in a split, as a caller gives them.
final class RowNumbers {
    private RowNumbers() {}

    /// @throws BasaltException INVALID_ARGUMENT where the split has no such row
    static void check(String split, int[] rows, int count, long rowCount) {
        for (int i = 0; i < count; i++) {
            if (rows[i] < 0 || rows[i] >= rowCount) {
                throw new BasaltException(
                        ErrorCode.INVALID_ARGUMENT,
                        "split "
                                + split
                                + " has "
                                + rowCount
                                + " rows, there is no row "
                                + rows[i]);
            }
        }
    }
}
