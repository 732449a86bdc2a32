package io.basaltdb.benchmarks.hits;

/// Which site owns which rows. Sites are sorted by counter; each has a share of all rows that does not depend on how
/// many there are.
final class Layout {
    static final int SITE_COUNT = 6403;

    /// The site that the queries look at closely, and its share of the rows.
    static final int FOCUS_COUNTER = 62;

    private static final double FOCUS_SHARE = 0.014;
    private static final double FOLLOWING = 1.1;
    private static final double FLATTENING = 2;
    private static final long SHARE_UNITS = 1L << 32;

    private final long rowCount;
    private final int[] counters = new int[SITE_COUNT];
    private final long[] shareBefore = new long[SITE_COUNT + 1];

    Layout(long rowCount) {
        this.rowCount = rowCount;
        fillCounters();
        fillShares();
    }

    long rowCount() {
        return rowCount;
    }

    int counter(int site) {
        return counters[site];
    }

    /// The first row of a site; of the site after the last one, the number of rows.
    long firstRow(int site) {
        long share = shareBefore[site];
        return Math.multiplyHigh(rowCount, share) << 32 | (rowCount * share) >>> 32;
    }

    /// The site that owns a row.
    int siteOf(long row) {
        int low = 0;
        int high = SITE_COUNT - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstRow(middle) <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void fillCounters() {
        for (int i = 0; i < SITE_COUNT; i++) {
            counters[i] = 17 + i * 37 + Draw.below(Draw.of(i, 77), 37);
        }
        counters[1] = FOCUS_COUNTER;
    }

    private void fillShares() {
        double[] weights = new double[SITE_COUNT];
        for (int i = 0; i < SITE_COUNT; i++) {
            weights[rankToSite(i)] = 1 / StrictMath.pow(i + 1 + FLATTENING, FOLLOWING);
        }
        weights[1] = 0;
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        weights[1] = total * FOCUS_SHARE / (1 - FOCUS_SHARE);
        total += weights[1];
        double before = 0;
        for (int i = 0; i < SITE_COUNT; i++) {
            shareBefore[i] = (long) (before / total * SHARE_UNITS);
            before += weights[i];
        }
        shareBefore[SITE_COUNT] = SHARE_UNITS;
    }

    /// Scatters the large sites among the counters; 6,403 = 19 · 337 and 2,741 have no factor in common.
    private static int rankToSite(int rank) {
        return (int) ((rank * 2741L + 1009) % SITE_COUNT);
    }
}
