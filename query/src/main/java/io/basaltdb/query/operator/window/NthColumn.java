package io.basaltdb.query.operator.window;

import io.basaltdb.storage.vector.Vector;

/// FIRST_VALUE, NTH_VALUE and LAST_VALUE.
final class NthColumn extends CallColumn {
    /// For the last row of the frame.
    static final long LAST = -1;

    private final long n;
    private final Frame frame;
    private final Candidates candidates;
    private final PickedRows picked;

    /// @param n row of the frame, from 1, or [#LAST]
    NthColumn(long n, Frame frame, Candidates candidates, PickedRows picked) {
        this.n = n;
        this.frame = frame;
        this.candidates = candidates;
        this.picked = picked;
    }

    @Override
    Vector next(int count) {
        for (int i = 0; i < count; i++) {
            frame.advance();
            picked.set(i, n == LAST ? last() : nth());
        }
        return picked.gather(count);
    }

    private int last() {
        for (int r = frame.from.length - 1; r >= 0; r--) {
            int end = candidates.before(frame.to[r]);
            if (end > candidates.before(frame.from[r])) {
                return candidates.row(end - 1);
            }
        }
        return PickedRows.NONE;
    }

    private int nth() {
        long left = n - 1;
        for (int r = 0; r < frame.from.length; r++) {
            int first = candidates.before(frame.from[r]);
            int size = candidates.before(frame.to[r]) - first;
            if (left < size) {
                return candidates.row(first + (int) left);
            }
            left -= size;
        }
        return PickedRows.NONE;
    }
}
