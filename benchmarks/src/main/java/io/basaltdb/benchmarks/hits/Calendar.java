package io.basaltdb.benchmarks.hits;

/// The month that the table covers, and how visits spread over it: fewer at weekends, few at night.
final class Calendar {
    /// 2024-07-01, a Monday, in days since 1970-01-01.
    static final int FIRST_DAY = 19905;

    static final int DAY_COUNT = 31;
    static final int SECONDS_PER_DAY = 86_400;

    private static final int[] DAY_WEIGHTS = {20, 21, 21, 20, 18, 12, 11};
    private static final int[] HOUR_WEIGHTS = {
        12, 8, 5, 4, 4, 6, 12, 24, 42, 56, 62, 64, 60, 58, 60, 62, 60, 56, 54, 56, 58, 52, 38, 22
    };
    private static final int[] DAYS_BEFORE = cumulated(DAY_COUNT, DAY_WEIGHTS);
    private static final int[] HOURS_BEFORE = cumulated(24, HOUR_WEIGHTS);

    private Calendar() {}

    /// How many of `rowCount` rows lie before that day; all of them for the day after the last.
    static long rowsBefore(int day, long rowCount) {
        return rowCount * DAYS_BEFORE[day] / DAYS_BEFORE[DAY_COUNT];
    }

    static int day(long draw) {
        return place(DAYS_BEFORE, Draw.below(draw, DAYS_BEFORE[DAY_COUNT]));
    }

    /// When in the day a visit begins.
    static int second(long draw) {
        int hour = place(HOURS_BEFORE, Draw.below(draw, HOURS_BEFORE[24]));
        return hour * 3600 + Draw.below(Draw.mix(draw), 3600);
    }

    private static int place(int[] before, int drawn) {
        int at = 0;
        while (before[at + 1] <= drawn) {
            at++;
        }
        return at;
    }

    private static int[] cumulated(int count, int[] weights) {
        int[] before = new int[count + 1];
        for (int i = 0; i < count; i++) {
            before[i + 1] = before[i] + weights[i % weights.length];
        }
        return before;
    }
}
