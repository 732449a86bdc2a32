package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.PlacedPart;
import io.basaltdb.storage.part.PartSummary;
import java.util.Arrays;

/// Gathers the dead rows of a part that is about to be published.
final class DeathCollector {
    private long[] rows = new long[16];
    private long[] commits = new long[16];
    private int count;

    void add(int row, long commit) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
            commits = Arrays.copyOf(commits, 2 * count);
        }
        rows[count] = row;
        commits[count++] = commit;
    }

    /// The part with these deaths, in the order of the rows.
    PlacedPart placed(PartSummary summary) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = rows[i] << 32 | i;
        }
        Arrays.sort(order);
        int[] deadRows = new int[count];
        long[] deaths = new long[count];
        for (int i = 0; i < count; i++) {
            deadRows[i] = (int) (order[i] >>> 32);
            deaths[i] = commits[(int) order[i]];
        }
        return new PlacedPart(summary, deadRows, deaths);
    }
}
