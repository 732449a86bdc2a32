package io.basaltdb.query.operator.window;

import io.basaltdb.storage.vector.Vector;

/// LAG and LEAD.
final class ShiftColumn extends CallColumn {
    private final long shift;
    private final Cursor cursor;
    private final Candidates candidates;
    private final PickedRows picked;

    ShiftColumn(long shift, Cursor cursor, Candidates candidates, PickedRows picked) {
        this.shift = shift;
        this.cursor = cursor;
        this.candidates = candidates;
        this.picked = picked;
    }

    @Override
    Vector next(int count) {
        for (int i = 0; i < count; i++) {
            cursor.advance();
            picked.set(i, pick());
        }
        return picked.gather(count);
    }

    private int pick() {
        if (shift == 0) {
            // The row itself, whether or not its value is NULL.
            return candidates.itself(cursor.position);
        }
        // Ahead, candidates are counted from the next row on.
        int from = candidates.before(shift > 0 ? cursor.position + 1 : cursor.position);
        long number = from + (shift > 0 ? shift - 1 : shift);
        return number >= candidates.before(cursor.partitionStart)
                        && number < candidates.before(cursor.partitionEnd)
                ? candidates.row((int) number)
                : PickedRows.NONE;
    }
}
