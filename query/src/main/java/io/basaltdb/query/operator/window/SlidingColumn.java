package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.aggregate.FrameAggregate;
import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.storage.vector.Vector;
import java.util.List;

/// An aggregate that rows join and leave as the frame moves over them.
final class SlidingColumn extends CallColumn {
    private final Frame frame;
    private final Bucket bucket;
    private final FrameAggregate aggregate;
    private final List<ColumnStore> arguments;
    private final OperatorContext context;
    private final int[] from;
    private final int[] to;

    /// @param arguments none of which may be NULL in a row that counts
    SlidingColumn(
            Frame frame,
            Bucket bucket,
            FrameAggregate aggregate,
            List<ColumnStore> arguments,
            OperatorContext context) {
        this.frame = frame;
        this.bucket = bucket;
        this.aggregate = aggregate;
        this.arguments = arguments.stream().filter(ColumnStore::mayHaveNulls).toList();
        this.context = context;
        this.from = new int[frame.from.length];
        this.to = new int[frame.from.length];
    }

    @Override
    Vector next(int count) {
        for (int i = 0; i < count; i++) {
            if (frame.advance()) {
                aggregate.clear();
                System.arraycopy(frame.from, 0, from, 0, from.length);
                System.arraycopy(frame.from, 0, to, 0, to.length);
            }
            for (int r = 0; r < from.length; r++) {
                move(r, frame.from[r], frame.to[r]);
            }
            aggregate.put(i);
        }
        return aggregate.result(count);
    }

    private void move(int range, int start, int end) {
        int left = Math.min(start, to[range]);
        for (int at = from[range]; at < left; at++) {
            checkCancelled(at);
            if (counts(bucket.row(at))) {
                aggregate.remove(bucket.row(at));
            }
        }
        for (int at = Math.max(to[range], start); at < end; at++) {
            checkCancelled(at);
            if (counts(bucket.row(at))) {
                aggregate.add(bucket.row(at));
            }
        }
        from[range] = start;
        to[range] = Math.max(end, start);
    }

    private void checkCancelled(int position) {
        if ((position & 0xFFFF) == 0) {
            context.checkCancelled();
        }
    }

    private boolean counts(int row) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).isNull(row)) {
                return false;
            }
        }
        return true;
    }
}
