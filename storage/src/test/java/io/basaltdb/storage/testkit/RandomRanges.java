package io.basaltdb.storage.testkit;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Random sets of allowed values: points, lists, intervals with bounds of every kind, with and without NULL.
public final class RandomRanges {
    private RandomRanges() {}

    /// @param known values that bounds are taken from half of the time, so that something is found
    public static Ranges next(RandomVectors random, Type type, List<Value> known) {
        int kind = random.random().nextInt(6);
        if (kind == 0) {
            return random.random().nextBoolean() ? Ranges.onlyNull() : Ranges.everythingButNull();
        }
        if (kind == 1) {
            List<Value> points = new ArrayList<>();
            for (int i = random.random().nextInt(30); i >= 0; i--) {
                points.add(bound(random, type, known));
            }
            return Ranges.points(points);
        }
        List<Value> bounds = new ArrayList<>();
        for (int i = 2 * (1 + random.random().nextInt(kind == 2 ? 12 : 2)); i > 0; i--) {
            bounds.add(bound(random, type, known));
        }
        bounds.sort(Value::compare);
        List<Ranges.Interval> intervals = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i += 2) {
            add(
                    random,
                    bounds.get(i),
                    bounds.get(i + 1),
                    i == 0,
                    i + 2 == bounds.size(),
                    intervals);
        }
        return new Ranges(intervals, random.random().nextInt(3) == 0);
    }

    private static void add(
            RandomVectors random,
            Value low,
            Value high,
            boolean first,
            boolean last,
            List<Ranges.Interval> intervals) {
        @Nullable Value from = first && random.random().nextInt(4) == 0 ? null : low;
        @Nullable Value to = last && random.random().nextInt(4) == 0 ? null : high;
        boolean fromInclusive = random.random().nextBoolean();
        boolean toInclusive = random.random().nextBoolean();
        if (from != null && to != null && Value.compare(from, to) == 0) {
            fromInclusive = true;
            toInclusive = true;
        }
        if (!intervals.isEmpty() && from != null) {
            Ranges.Interval before = intervals.getLast();
            if (before.high() != null && Value.compare(before.high(), from) == 0) {
                if (before.highInclusive()) {
                    fromInclusive = false;
                }
                if (to != null && Value.compare(from, to) == 0) {
                    return;
                }
            }
        }
        intervals.add(new Ranges.Interval(from, fromInclusive, to, toInclusive));
    }

    private static Value bound(RandomVectors random, Type type, List<Value> known) {
        if (!known.isEmpty() && random.random().nextBoolean()) {
            Value value = known.get(random.random().nextInt(known.size()));
            if (!value.isNull()) {
                return value;
            }
        }
        return random.value(type);
    }
}
