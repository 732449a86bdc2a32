package io.basaltdb.query.operator.rows;

import io.basaltdb.storage.vector.Selection;
import org.jspecify.annotations.Nullable;

/// Copies bits between word arrays.
final class Bits {
    private Bits() {}

    /// Writes `count` bits of `source` (null: ones), all lanes from 0 or those of `rows`, to `target` from bit `at` on. Bits of `target` from
    /// `at` on may hold anything before.
    static void append(
            long[] target, int at, long @Nullable [] source, @Nullable Selection rows, int count) {
        for (int i = 0; i < count; i++) {
            int from = rows == null ? i : rows.rows()[i];
            long bit = source == null ? 1 : source[from >> 6] >>> from & 1;
            int to = at + i;
            long word = target[to >> 6];
            target[to >> 6] = (word & ~(1L << to)) | bit << to;
        }
    }
}
