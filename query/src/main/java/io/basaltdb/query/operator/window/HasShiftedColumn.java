package io.basaltdb.query.operator.window;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;

/// Whether LAG or LEAD has a row to look at.
final class HasShiftedColumn extends CallColumn {
    private final long shift;
    private final Cursor cursor;
    private final long[] bits = new long[Validity.words(Batch.MAX_ROWS)];

    HasShiftedColumn(long shift, Cursor cursor) {
        this.shift = shift;
        this.cursor = cursor;
    }

    @Override
    Vector next(int count) {
        for (int i = 0; i < count; i++) {
            cursor.advance();
            boolean has =
                    shift >= cursor.partitionStart - cursor.position
                            && shift < cursor.partitionEnd - cursor.position;
            bits[i >> 6] = (bits[i >> 6] & ~(1L << i)) | (has ? 1L : 0) << i;
        }
        return new BitVector(Type.BOOLEAN, count, bits, null);
    }
}
