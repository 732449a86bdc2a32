package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartColumnSummary;
import io.basaltdb.storage.type.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of one column over all parts that have it.
///
/// @param bounded whether the bounds hold for every part
record ColumnTotals(
        long rowCount,
        long nullCount,
        @Nullable Value min,
        @Nullable Value max,
        boolean bounded,
        long decodedBytes) {

    /// By column id, what was known before and those parts say; columns that no part has are left out.
    static Map<Integer, ColumnTotals> with(
            Map<Integer, ColumnTotals> before, List<PartState> parts) {
        Map<Integer, Sum> sums = new HashMap<>();
        for (PartState part : parts) {
            long rowCount = part.summary().rowCount();
            for (PartColumnSummary column : part.summary().columns()) {
                sums.computeIfAbsent(column.columnId(), id -> new Sum(before.get(id)))
                        .add(rowCount, column);
            }
        }
        Map<Integer, ColumnTotals> totals = new HashMap<>(before);
        sums.forEach((id, sum) -> totals.put(id, sum.totals()));
        return totals;
    }

    /// Adds up, without an object per part.
    private static final class Sum {
        private long rowCount;
        private long nullCount;
        private @Nullable Value min;
        private @Nullable Value max;
        private boolean bounded = true;
        private long decodedBytes;

        Sum(@Nullable ColumnTotals before) {
            if (before != null) {
                rowCount = before.rowCount;
                nullCount = before.nullCount;
                min = before.min;
                max = before.max;
                bounded = before.bounded;
                decodedBytes = before.decodedBytes;
            }
        }

        void add(long rows, PartColumnSummary column) {
            rowCount += rows;
            nullCount += column.nullCount();
            decodedBytes += column.decodedBytes();
            if (column.nullCount() < rows) {
                bounded &= column.min() != null && column.max() != null;
                min = least(min, column.min());
                max = greatest(max, column.max());
            }
        }

        ColumnTotals totals() {
            return new ColumnTotals(rowCount, nullCount, min, max, bounded, decodedBytes);
        }
    }

    static @Nullable Value least(@Nullable Value a, @Nullable Value b) {
        return a == null || (b != null && Value.compare(b, a) < 0) ? b : a;
    }

    static @Nullable Value greatest(@Nullable Value a, @Nullable Value b) {
        return a == null || (b != null && Value.compare(b, a) > 0) ? b : a;
    }
}
