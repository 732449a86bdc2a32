package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.query.plan.WindowFrame.Bound;
import io.basaltdb.query.plan.WindowFrame.Edge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frame of the row that its cursor is at, as up to three ranges of positions in ascending order; both ends of each only move forward within a partition.
///
/// Ranges: without exclusion one; else what lies before the excluded rows, the row itself where only its ties are excluded, and what lies behind.
final class Frame {
    private final WindowFrame frame;
    private final Marks peers;
    private final Cursor cursor;
    private final @Nullable RangeBound startKey;
    private final @Nullable RangeBound endKey;
    private int start;
    private int end;

    // The peers that start and end are at, for distances in groups.
    private int startGroup;
    private int endGroup;

    final int[] from;
    final int[] to;

    /// @param order of the call
    Frame(WindowFrame frame, List<SortKey> order, Bucket bucket, RowStore rows) {
        this.frame = frame;
        this.peers = bucket.peers()[order.size()];
        this.cursor = new Cursor(bucket, order.size());
        this.startKey = RangeBound.of(frame.start(), true, order, bucket, rows);
        this.endKey = RangeBound.of(frame.end(), false, order, bucket, rows);
        int ranges =
                switch (frame.exclusion()) {
                    case NO_OTHERS -> 1;
                    case CURRENT_ROW, GROUP -> 2;
                    case TIES -> 3;
                };
        this.from = new int[ranges];
        this.to = new int[ranges];
    }

    Cursor cursor() {
        return cursor;
    }

    /// Goes to the next row and says whether a partition begins there.
    boolean advance() {
        boolean begins = cursor.advance();
        if (begins) {
            start = cursor.partitionStart;
            end = cursor.partitionStart;
            startGroup = 0;
            endGroup = 0;
            if (startKey != null) {
                startKey.begin(cursor);
            }
            if (endKey != null) {
                endKey.begin(cursor);
            }
        }
        moveStart();
        moveEnd();
        cut();
        return begins;
    }

    private void moveStart() {
        start =
                switch (frame.start()) {
                    case Edge.PARTITION_START -> cursor.partitionStart;
                    case Edge.PARTITION_END -> cursor.partitionEnd;
                    case Edge.CURRENT_ROW ->
                            frame.unit() == WindowFrame.Unit.ROWS
                                    ? cursor.position
                                    : cursor.peerStart;
                    case WindowFrame.Away(long distance) ->
                            frame.unit() == WindowFrame.Unit.ROWS
                                    ? away(distance)
                                    : startOfGroup(distance);
                    case WindowFrame.Near _, WindowFrame.Months _ -> near(startKey, start);
                };
    }

    private void moveEnd() {
        end =
                switch (frame.end()) {
                    case Edge.PARTITION_START -> cursor.partitionStart;
                    case Edge.PARTITION_END -> cursor.partitionEnd;
                    case Edge.CURRENT_ROW ->
                            frame.unit() == WindowFrame.Unit.ROWS
                                    ? cursor.position + 1
                                    : cursor.peerEnd;
                    case WindowFrame.Away(long distance) ->
                            frame.unit() == WindowFrame.Unit.ROWS
                                    ? away(distance < Long.MAX_VALUE ? distance + 1 : distance)
                                    : endOfGroup(distance);
                    case WindowFrame.Near _, WindowFrame.Months _ -> near(endKey, end);
                };
    }

    private static int near(@Nullable RangeBound bound, int position) {
        assert bound != null;
        return bound.move(position);
    }

    /// The position that far away, cut to the partition and its end.
    private int away(long distance) {
        long most = (long) cursor.partitionEnd - cursor.position;
        long least = (long) cursor.partitionStart - cursor.position;
        return cursor.position + (int) Math.clamp(distance, least, most);
    }

    /// Where the peers begin that lie that many groups away.
    private int startOfGroup(long distance) {
        long wanted = saturated(distance);
        while (startGroup < wanted && start < cursor.partitionEnd) {
            start = Math.min(peers.next(start + 1), cursor.partitionEnd);
            startGroup++;
        }
        return start;
    }

    /// Where the peers end that lie that many groups away.
    private int endOfGroup(long distance) {
        long wanted = saturated(distance) + 1;
        while (endGroup < wanted && end < cursor.partitionEnd) {
            end = Math.min(peers.next(end + 1), cursor.partitionEnd);
            endGroup++;
        }
        return end;
    }

    private long saturated(long distance) {
        return Math.clamp(distance, -(1L << 40), 1L << 40) + cursor.peerNumber;
    }

    private void cut() {
        int first = Math.min(start, end);
        switch (frame.exclusion()) {
            case NO_OTHERS -> {
                from[0] = first;
                to[0] = end;
            }
            case CURRENT_ROW -> exclude(first, cursor.position, cursor.position + 1, 1);
            case GROUP -> exclude(first, cursor.peerStart, cursor.peerEnd, 1);
            case TIES -> {
                exclude(first, cursor.peerStart, cursor.peerEnd, 2);
                boolean inside = first <= cursor.position && cursor.position < end;
                from[1] = cursor.position;
                to[1] = inside ? cursor.position + 1 : cursor.position;
            }
        }
    }

    private void exclude(int first, int hole, int holeEnd, int behind) {
        from[0] = first;
        to[0] = Math.max(first, Math.min(end, hole));
        from[behind] = Math.min(end, Math.max(first, holeEnd));
        to[behind] = end;
    }

    /// Whether one of the bounds is a distance between keys.
    static boolean isByKey(Bound bound) {
        return bound instanceof WindowFrame.Near || bound instanceof WindowFrame.Months;
    }
}
