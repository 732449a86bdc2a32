package io.basaltdb.query.operator.window;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.DoubleStore;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A frame's end that lies at a distance between keys: moves over the rows whose key is not NULL. The frame of a row whose key is NULL ends with its peers.
final class RangeBound {
    private final Bucket bucket;
    private final ColumnStore store;
    private final Aim aim;
    private final boolean isStart;
    private final int direction;
    private Cursor cursor;
    private int known;
    private int knownEnd;

    private RangeBound(
            Bucket bucket, ColumnStore store, Aim aim, boolean isStart, boolean descending) {
        this.bucket = bucket;
        this.store = store;
        this.aim = aim;
        this.isStart = isStart;
        this.direction = descending ? -1 : 1;
        this.cursor = new Cursor(bucket, 0);
    }

    /// Null for a bound that is no distance between keys.
    static @Nullable RangeBound of(
            WindowFrame.Bound bound,
            boolean isStart,
            List<SortKey> order,
            Bucket bucket,
            RowStore rows) {
        if (!Frame.isByKey(bound)) {
            return null;
        }
        SortKey key = order.getFirst();
        ColumnStore store = rows.column(key.column());
        int sign = key.descending() ? -1 : 1;
        Aim aim =
                switch (bound) {
                    case WindowFrame.Near(Value.Floating(double distance)) ->
                            new DoubleAim((DoubleStore) store, sign * distance);
                    case WindowFrame.Near(Value.Whole(long distance)) ->
                            wholeAim((LongStore) store, sign * distance);
                    case WindowFrame.Months(long months) ->
                            new MonthAim((LongStore) store, sign * months, ticksPerDay(store));
                    default -> throw new AssertionError("no distance between keys: " + bound);
                };
        return new RangeBound(bucket, store, aim, isStart, key.descending());
    }

    private static Aim wholeAim(LongStore store, long distance) {
        return store.isWide() ? new WideAim(store, distance) : new LongAim(store, distance);
    }

    private static long ticksPerDay(ColumnStore store) {
        return store.type() instanceof Type.Timestamp timestamp
                ? timestamp.unitsPerSecond() * 86_400
                : 1;
    }

    /// Begins the partition that the cursor is at.
    void begin(Cursor at) {
        cursor = at;
        known = at.partitionStart;
        while (known < at.partitionEnd && store.isNull(bucket.row(known))) {
            known++;
        }
        knownEnd = at.partitionEnd;
        while (knownEnd > known && store.isNull(bucket.row(knownEnd - 1))) {
            knownEnd--;
        }
    }

    /// Where this end is for the cursor's row, at or behind where it was for the row before.
    int move(int position) {
        int row = bucket.row(cursor.position);
        if (store.isNull(row)) {
            return isStart ? cursor.peerStart : cursor.peerEnd;
        }
        aim.at(row);
        int most = isStart ? 0 : 1;
        int next = Math.max(position, known);
        while (next < knownEnd && direction * aim.compare(bucket.row(next)) < most) {
            next++;
        }
        return next;
    }

    /// The key at a distance from a row's key.
    private sealed interface Aim {
        void at(int row);

        /// The order of a row's key and the one aimed at.
        int compare(int row);
    }

    private static final class LongAim implements Aim {
        private final LongStore store;
        private final long distance;
        private long target;

        LongAim(LongStore store, long distance) {
            this.store = store;
            this.distance = distance;
        }

        @Override
        public void at(int row) {
            long key = store.values()[row];
            long sum = key + distance;
            boolean overflows = ((key ^ sum) & (distance ^ sum)) < 0;
            target = overflows ? (distance < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
        }

        @Override
        public int compare(int row) {
            return Long.compare(store.values()[row], target);
        }
    }

    private static final class WideAim implements Aim {
        private final LongStore store;
        private final long distance;
        private long high;
        private long low;

        WideAim(LongStore store, long distance) {
            this.store = store;
            this.distance = distance;
        }

        @Override
        public void at(int row) {
            low = store.values()[row] + distance;
            long carry = Long.compareUnsigned(low, distance) < 0 ? 1 : 0;
            high = store.high(row) + (distance >> 63) + carry;
        }

        @Override
        public int compare(int row) {
            int order = Long.compare(store.high(row), high);
            return order != 0 ? order : Long.compareUnsigned(store.values()[row], low);
        }
    }

    private static final class DoubleAim implements Aim {
        private final DoubleStore store;
        private final double distance;
        private double target;

        DoubleAim(DoubleStore store, double distance) {
            this.store = store;
            this.distance = distance;
        }

        @Override
        public void at(int row) {
            target = store.values()[row] + distance + 0.0;
        }

        @Override
        public int compare(int row) {
            return Double.compare(store.values()[row] + 0.0, target);
        }
    }

    /// Months from the day of a key, at its time of day.
    private static final class MonthAim implements Aim {
        private static final long MOST_MONTHS = 1L << 24;

        private final LongStore store;
        private final long months;
        private final long ticksPerDay;
        private long target;

        MonthAim(LongStore store, long months, long ticksPerDay) {
            this.store = store;
            this.months = Math.clamp(months, -MOST_MONTHS, MOST_MONTHS);
            this.ticksPerDay = ticksPerDay;
        }

        @Override
        public void at(int row) {
            long key = store.values()[row];
            long days = Math.floorDiv(key, ticksPerDay);
            long moved = Calendar.plusMonths(days, months);
            long most = Long.MAX_VALUE / ticksPerDay - 1;
            target =
                    moved > most
                            ? Long.MAX_VALUE
                            : moved < -most
                                    ? Long.MIN_VALUE
                                    : moved * ticksPerDay + (key - days * ticksPerDay);
        }

        @Override
        public int compare(int row) {
            return Long.compare(store.values()[row], target);
        }
    }
}
