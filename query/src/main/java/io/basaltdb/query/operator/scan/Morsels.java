package io.basaltdb.query.operator.scan;

import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The granules that a scan has to read, cut into morsels that lanes pull one after the other, in the order of the splits.
///
/// Of several splits that are read from their start, each is one morsel: two lanes in one row group of a Parquet file would both decompress and decode it.
/// A single one is cut nevertheless, for the sake of what follows the scan.
final class Morsels {
    /// Granules in one: 64 Ki rows are about 1 ms of work, little enough to share the end of a scan evenly.
    private static final int GRANULES = 16;

    private final List<Morsel> morsels = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private int splitCount;
    private int keptSplitCount;
    private long granuleCount;
    private long keptCount;
    private long rowCount;
    private long totalRowCount;

    /// Granules of one split, ascending.
    record Morsel(Split split, int[] granules) {}

    Morsels(List<Split> splits, List<ColumnRanges> predicates) {
        for (Split split : splits) {
            splitCount++;
            granuleCount += split.granuleCount();
            totalRowCount += split.rowCount();
            if (!split.mayMatch(predicates)) {
                continue;
            }
            keptSplitCount++;
            BitSet granules = new BitSet();
            granules.set(0, split.granuleCount());
            if (!predicates.isEmpty()) {
                split.prune(predicates, granules);
            }
            boolean isWhole = split.isReadFromItsStart() && splits.size() > 1;
            cut(split, granules.stream().toArray(), isWhole ? granules.length() : GRANULES);
        }
    }

    private void cut(Split split, int[] granules, int size) {
        keptCount += granules.length;
        for (int granule : granules) {
            rowCount += split.rowCount(granule);
        }
        for (int from = 0; from < granules.length; from += size) {
            int to = Math.min(granules.length, from + size);
            morsels.add(new Morsel(split, Arrays.copyOfRange(granules, from, to)));
        }
    }

    @Nullable Morsel take() {
        int index = next.getAndIncrement();
        return index < morsels.size() ? morsels.get(index) : null;
    }

    int count() {
        return morsels.size();
    }

    int splitCount() {
        return splitCount;
    }

    /// Splits in which a row may match, as far as is known without opening them.
    int keptSplitCount() {
        return keptSplitCount;
    }

    /// Granules of all splits.
    long granuleCount() {
        return granuleCount;
    }

    /// Granules that pruning has left.
    long keptCount() {
        return keptCount;
    }

    /// Rows of all splits, dead ones included.
    long totalRowCount() {
        return totalRowCount;
    }

    /// Rows in the granules that pruning has left, dead ones included.
    long rowCount() {
        return rowCount;
    }
}
