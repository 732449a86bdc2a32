package io.basaltdb.query.operator.window;

import io.basaltdb.query.plan.WindowFunction.Place;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;

/// Numbers and ranks of rows.
final class PlaceColumn extends CallColumn {
    private final Place place;
    private final Cursor cursor;
    private final long[] numbers = new long[Batch.MAX_ROWS];
    private final double[] shares = new double[Batch.MAX_ROWS];

    PlaceColumn(Place place, Cursor cursor) {
        this.place = place;
        this.cursor = cursor;
    }

    @Override
    Vector next(int count) {
        for (int i = 0; i < count; i++) {
            cursor.advance();
            switch (place) {
                case ROW_NUMBER -> numbers[i] = 1L + cursor.position - cursor.partitionStart;
                case RANK -> numbers[i] = 1L + cursor.peerStart - cursor.partitionStart;
                case DENSE_RANK -> numbers[i] = 1L + cursor.peerNumber;
                case PERCENT_RANK -> shares[i] = percentRank();
                case CUME_DIST ->
                        shares[i] = (double) (cursor.peerEnd - cursor.partitionStart) / rows();
            }
        }
        return switch (place) {
            case ROW_NUMBER, RANK, DENSE_RANK -> new LongVector(Type.BIGINT, count, numbers, null);
            case PERCENT_RANK, CUME_DIST -> new DoubleVector(Type.DOUBLE, count, shares, null);
        };
    }

    private int rows() {
        return cursor.partitionEnd - cursor.partitionStart;
    }

    private double percentRank() {
        return rows() == 1 ? 0 : (double) (cursor.peerStart - cursor.partitionStart) / (rows() - 1);
    }
}
