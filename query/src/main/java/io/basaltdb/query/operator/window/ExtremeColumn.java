package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.sort.KeyWords;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// MIN, MAX, ARG_MIN, ARG_MAX and what is one of them: the row of the frame that comes first in an order. Per range of the frame there is a queue of the rows that
/// may still become the first one, in the frame's order, each after all rows that come before it in the call's order have left the frame: every row enters and leaves once.
final class ExtremeColumn extends CallColumn {
    private final Frame frame;
    private final Bucket bucket;
    private final KeyWords order;
    private final List<ColumnStore> arguments;
    private final PickedRows picked;
    private final OperatorContext context;
    private final Queue[] queues;

    /// @param order in which the first row is picked
    /// @param arguments none of which may be NULL in a row that counts
    ExtremeColumn(
            Frame frame,
            Bucket bucket,
            KeyWords order,
            List<ColumnStore> arguments,
            PickedRows picked,
            OperatorContext context,
            Reservation reservation) {
        this.frame = frame;
        this.bucket = bucket;
        this.order = order;
        this.arguments = arguments;
        this.picked = picked;
        this.context = context;
        this.queues = new Queue[frame.from.length];
        Arrays.setAll(queues, _ -> new Queue(reservation));
    }

    @Override
    Vector next(int count) {
        for (int i = 0; i < count; i++) {
            boolean begins = frame.advance();
            int best = PickedRows.NONE;
            for (int r = 0; r < queues.length; r++) {
                Queue queue = queues[r];
                if (begins) {
                    queue.begin(frame.from[r]);
                }
                queue.move(frame.from[r], frame.to[r]);
                int first = queue.first();
                if (first != PickedRows.NONE
                        && (best == PickedRows.NONE || order.compare(first, best) < 0)) {
                    best = first;
                }
            }
            picked.set(i, best);
        }
        return picked.gather(count);
    }

    private boolean counts(int row) {
        for (ColumnStore argument : arguments) {
            if (argument.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    /// Positions in a ring.
    private final class Queue {
        private final Reservation reservation;
        private int[] positions = new int[64];
        private int head;
        private int size;
        private int end;

        Queue(Reservation reservation) {
            this.reservation = reservation;
        }

        void begin(int position) {
            size = 0;
            end = position;
        }

        void move(int from, int to) {
            if (from >= end) {
                size = 0;
                end = from;
            }
            while (size > 0 && positions[head] < from) {
                head = (head + 1) & (positions.length - 1);
                size--;
            }
            for (; end < to; end++) {
                if ((end & 0xFFFF) == 0) {
                    context.checkCancelled();
                }
                int row = bucket.row(end);
                if (counts(row)) {
                    push(end, row);
                }
            }
        }

        private void push(int position, int row) {
            while (size > 0 && order.compare(row, bucket.row(last())) < 0) {
                size--;
            }
            if (size == positions.length) {
                grow();
            }
            positions[(head + size) & (positions.length - 1)] = position;
            size++;
        }

        private int last() {
            return positions[(head + size - 1) & (positions.length - 1)];
        }

        private void grow() {
            reservation.grow(4L * positions.length);
            int[] larger = new int[2 * positions.length];
            for (int i = 0; i < size; i++) {
                larger[i] = positions[(head + i) & (positions.length - 1)];
            }
            positions = larger;
            head = 0;
        }

        /// The row that comes first, or none.
        int first() {
            return size == 0 ? PickedRows.NONE : bucket.row(positions[head]);
        }
    }
}
