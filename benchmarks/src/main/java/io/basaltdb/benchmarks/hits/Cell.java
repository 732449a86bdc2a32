package io.basaltdb.benchmarks.hits;

import java.util.Arrays;

/// The rows of one site, or of one day of a large site, as visits sorted by (day, user, time).
///
/// First as many visits are drawn as give the wanted number of rows; sorted, the last ones are cut short so that the
/// number is exact. Everything else about a visit follows from its draw.
final class Cell {
    /// Shares of visits by length, in 1/64; 2.9 page views on average.
    private static final int[] VISIT_LENGTHS = {30, 12, 7, 5, 3, 2, 1, 1, 1, 0, 0, 1, 0, 0, 0, 1};

    private static final int[] LENGTHS = lengths();

    private final Site site;
    private final long firstRow;
    private final int rowCount;

    private int visitCount;
    private long[] users = new long[64];
    private int[] days = new int[64];
    private int[] sizes = new int[64];
    private long[] draws = new long[64];
    private final int[] seconds;
    private final long[] watchIds;

    /// @param day the only day of the cell, or -1 for the whole month
    Cell(Site site, long firstRow, int rowCount, int day, Visitors visitors, long seed) {
        this.site = site;
        this.firstRow = firstRow;
        this.rowCount = rowCount;
        seconds = new int[rowCount];
        watchIds = new long[rowCount];
        long key = Draw.of(Draw.of(seed, site.counterId()), day);
        drawVisits(key, day, visitors);
        sortVisits();
        nameVisits(key);
        fillRows(seed);
    }

    Site site() {
        return site;
    }

    long firstRow() {
        return firstRow;
    }

    int rowCount() {
        return rowCount;
    }

    int visitCount() {
        return visitCount;
    }

    long user(int visit) {
        return users[visit];
    }

    int day(int visit) {
        return days[visit];
    }

    /// How many rows the visit has.
    int size(int visit) {
        return sizes[visit];
    }

    /// What all further draws about the visit start from.
    long draw(int visit) {
        return draws[visit];
    }

    /// Second of the day of a row of the cell.
    int second(int row) {
        return seconds[row];
    }

    long watchId(int row) {
        return watchIds[row];
    }

    private void drawVisits(long key, int day, Visitors visitors) {
        int drawnRows = 0;
        while (drawnRows < rowCount) {
            if (visitCount == users.length) {
                users = Arrays.copyOf(users, visitCount * 2);
                days = Arrays.copyOf(days, visitCount * 2);
            }
            long draw = Draw.of(key, visitCount);
            users[visitCount] = visitors.draw(Draw.of(draw, 1));
            days[visitCount] = day >= 0 ? day : Calendar.day(Draw.of(draw, 2));
            drawnRows += drawnLength(users[visitCount], days[visitCount]);
            visitCount++;
        }
    }

    private static int drawnLength(long user, int day) {
        return LENGTHS[(int) (Draw.of(user, 900 + day) & 63)];
    }

    private void sortVisits() {
        int[] next = new int[Calendar.DAY_COUNT + 1];
        for (int i = 0; i < visitCount; i++) {
            next[days[i] + 1]++;
        }
        for (int day = 0; day < Calendar.DAY_COUNT; day++) {
            next[day + 1] += next[day];
        }
        int[] starts = next.clone();
        long[] sorted = new long[visitCount];
        for (int i = 0; i < visitCount; i++) {
            sorted[next[days[i]]++] = users[i];
        }
        int[] sortedDays = new int[visitCount];
        for (int day = 0; day < Calendar.DAY_COUNT; day++) {
            Arrays.sort(sorted, starts[day], starts[day + 1]);
            Arrays.fill(sortedDays, starts[day], starts[day + 1], day);
        }
        users = sorted;
        days = sortedDays;
    }

    private void nameVisits(long key) {
        sizes = new int[visitCount];
        draws = new long[visitCount];
        int total = 0;
        int occurrence = 0;
        for (int i = 0; i < visitCount; i++) {
            occurrence = i > 0 && sameDayAndUser(i) ? occurrence + 1 : 0;
            sizes[i] = drawnLength(users[i], days[i]);
            draws[i] = Draw.of(Draw.of(key ^ users[i], days[i]), occurrence);
            total += sizes[i];
        }
        while (total > rowCount) {
            int cut = Math.min(sizes[visitCount - 1], total - rowCount);
            sizes[visitCount - 1] -= cut;
            total -= cut;
            if (sizes[visitCount - 1] == 0) {
                visitCount--;
            }
        }
    }

    private boolean sameDayAndUser(int visit) {
        return users[visit] == users[visit - 1] && days[visit] == days[visit - 1];
    }

    private void fillRows(long seed) {
        int row = 0;
        int second = 0;
        for (int visit = 0; visit < visitCount; visit++) {
            int start = Calendar.second(Draw.of(draws[visit], 3));
            second = visit > 0 && sameDayAndUser(visit) ? Math.max(start, second + 1) : start;
            for (int hit = 0; hit < sizes[visit]; hit++) {
                seconds[row] = Math.min(second, Calendar.SECONDS_PER_DAY - 1);
                watchIds[row] = Draw.mix((firstRow + row) ^ Draw.mix(seed));
                row++;
                second += pause(Draw.of(draws[visit], 500 + hit));
            }
        }
        orderWatchIds();
    }

    private static int pause(long draw) {
        return 1 + (int) Draw.skewed(draw, 240, 3);
    }

    /// Rows of the same user and second are sorted by watch id.
    private void orderWatchIds() {
        int row = 0;
        for (int visit = 0; visit < visitCount; ) {
            int end = row + sizes[visit];
            int last = visit + 1;
            while (last < visitCount && sameDayAndUser(last)) {
                end += sizes[last++];
            }
            orderTies(row, end);
            row = end;
            visit = last;
        }
    }

    private void orderTies(int from, int to) {
        for (int start = from; start < to; ) {
            int end = start + 1;
            while (end < to && seconds[end] == seconds[start]) {
                end++;
            }
            Arrays.sort(watchIds, start, end);
            start = end;
        }
    }

    private static int[] lengths() {
        int[] lengths = new int[64];
        int at = 0;
        for (int i = 0; i < VISIT_LENGTHS.length; i++) {
            for (int n = 0; n < VISIT_LENGTHS[i]; n++) {
                lengths[at++] = i + 1;
            }
        }
        return lengths;
    }
}
