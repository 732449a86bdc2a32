package io.basaltdb.storage.part;

import io.basaltdb.storage.segment.Bounds;
import io.basaltdb.storage.segment.LaneOrder;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Checks that the rows of a part stand in the order of its sort key, and that the sparse index says so.
final class SortOrderCheck {
    private SortOrderCheck() {}

    static void check(PartReader part, List<String> problems) {
        List<Integer> sortKey = part.description().sortKey();
        if (sortKey.isEmpty()) {
            return;
        }
        try (PartCursor cursor = part.cursor(sortKey)) {
            List<Value> last = List.of();
            for (int g = 0; g < part.granuleCount(); g++) {
                cursor.seek(g);
                List<Vector> keys = new ArrayList<>();
                for (int columnId : sortKey) {
                    keys.add(cursor.read(columnId, null));
                }
                checkFirst(part, g, keyAt(keys, 0), last, problems);
                checkWithin(part, g, keys, problems);
                last = keyAt(keys, part.rowCount(g) - 1);
            }
        }
    }

    private static List<Value> keyAt(List<Vector> keys, int row) {
        List<Value> key = new ArrayList<>();
        for (Vector column : keys) {
            key.add(LaneOrder.valueAt(column, row));
        }
        return key;
    }

    private static void checkFirst(
            PartReader part,
            int granule,
            List<Value> first,
            List<Value> last,
            List<String> problems) {
        if (!last.isEmpty() && compare(last, first) > 0) {
            problems.add(notSorted(part, granule, 0));
        }
        List<Value> indexed = part.sparseIndex().firstKeys().get(granule);
        for (int i = 0; i < first.size(); i++) {
            Value cut = Bounds.lower(first.get(i), Bounds.ZONE_BYTES + 1);
            if (Value.compare(cut, indexed.get(i)) != 0) {
                problems.add(
                        "part "
                                + part.description().id()
                                + ", granule "
                                + granule
                                + ": the sparse index has another first key");
                return;
            }
        }
    }

    private static int compare(List<Value> left, List<Value> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = Value.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static void checkWithin(
            PartReader part, int granule, List<Vector> keys, List<String> problems) {
        for (int row = 1; row < part.rowCount(granule); row++) {
            for (Vector column : keys) {
                int order = LaneOrder.compare(column, row - 1, row);
                if (order > 0) {
                    problems.add(notSorted(part, granule, row));
                    return;
                }
                if (order < 0) {
                    break;
                }
            }
        }
    }

    private static String notSorted(PartReader part, int granule, int row) {
        return "part "
                + part.description().id()
                + ", granule "
                + granule
                + ": row "
                + row
                + " is out of order";
    }
}
