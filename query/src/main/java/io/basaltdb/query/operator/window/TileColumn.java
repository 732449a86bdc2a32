package io.basaltdb.query.operator.window;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;

/// NTILE: parts whose sizes differ by one at most, the larger ones first.
final class TileColumn extends CallColumn {
    private final long parts;
    private final Cursor cursor;
    private final Type type;
    private final long[] numbers = new long[Batch.MAX_ROWS];

    TileColumn(long parts, Cursor cursor, Type type) {
        this.parts = parts;
        this.type = type;
        this.cursor = cursor;
    }

    @Override
    Vector next(int count) {
        for (int i = 0; i < count; i++) {
            cursor.advance();
            long rows = (long) cursor.partitionEnd - cursor.partitionStart;
            long row = (long) cursor.position - cursor.partitionStart;
            long size = rows / parts;
            long larger = rows % parts;
            long ofLarger = larger * (size + 1);
            numbers[i] =
                    row < ofLarger
                            ? row / (size + 1) + 1
                            : larger + (row - ofLarger) / Math.max(1, size) + 1;
        }
        return new LongVector(type, count, numbers, null);
    }
}
