package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.storage.memory.Reservation;

/// The positions that a call picks from: all, or with IGNORE NULLS those whose argument is not NULL. Numbered in order, so that the n-th in a range is
/// found at once.
final class Candidates {
    private final Bucket bucket;
    private final int[] before;
    private final int[] positions;
    private final boolean all;

    private Candidates(Bucket bucket, boolean all, int[] before, int[] positions) {
        this.bucket = bucket;
        this.all = all;
        this.before = before;
        this.positions = positions;
    }

    static Candidates of(
            Bucket bucket, ColumnStore values, boolean ignoreNulls, Reservation reservation) {
        if (!ignoreNulls || !values.mayHaveNulls()) {
            return new Candidates(bucket, true, new int[0], new int[0]);
        }
        int count = bucket.count();
        reservation.grow(8L * count + 4);
        int[] before = new int[count + 1];
        int[] positions = new int[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            before[i] = found;
            if (!values.isNull(bucket.row(i))) {
                positions[found++] = i;
            }
        }
        before[count] = found;
        return new Candidates(bucket, false, before, positions);
    }

    /// The row at a position, candidate or not.
    int itself(int position) {
        return bucket.row(position);
    }

    /// How many there are before that position.
    int before(int position) {
        return all ? position : before[position];
    }

    /// The row of candidate number `number`.
    int row(int number) {
        return bucket.row(all ? number : positions[number]);
    }
}
