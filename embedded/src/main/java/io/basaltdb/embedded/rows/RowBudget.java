package io.basaltdb.embedded.rows;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// How many rows of a batch may be taken before their text passes a number of bytes.
final class RowBudget {
    private RowBudget() {}

    /// At least one and at most `most` rows from row `from` on.
    static int fitting(Batch batch, int from, int most, long budgetBytes) {
        Selection selection = batch.selection();
        int[] rows = selection == null ? null : selection.rows();
        int count = most;
        for (Vector column : batch.columns()) {
            if (column instanceof BytesVector bytes) {
                count = fitting(bytes.length(), null, rows, from, count, budgetBytes);
            } else if (column instanceof DictionaryVector codes
                    && codes.dictionary().values() instanceof BytesVector bytes) {
                count = fitting(bytes.length(), codes.codes(), rows, from, count, budgetBytes);
            }
        }
        return count;
    }

    private static int fitting(
            int[] length,
            int @Nullable [] codes,
            int @Nullable [] rows,
            int from,
            int most,
            long budgetBytes) {
        long bytes = 0;
        for (int i = 0; i < most; i++) {
            int row = rows == null ? from + i : rows[from + i];
            bytes += length[codes == null ? row : codes[row]];
            if (bytes > budgetBytes) {
                return Math.max(1, i);
            }
        }
        return most;
    }
}
