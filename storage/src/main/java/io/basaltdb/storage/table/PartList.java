package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartColumnSummary;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of a table at one commit, oldest first, and what is known of all of them together. Immutable.
final class PartList {
    /// What is known of one column over all parts that have it.
    record ColumnTotals(
            long rowCount,
            long nullCount,
            @Nullable Value min,
            @Nullable Value max,
            boolean bounded,
            long decodedBytes) {}

    static final PartList EMPTY = new PartList(List.of(), Map.of());

    private final List<PartState> all;
    private final Map<Integer, byte[]> sketches;
    private volatile @Nullable Map<PartId, Integer> index;
    private volatile @Nullable Map<Integer, ColumnTotals> totals;
    private volatile @Nullable Map<Integer, Long> distinctCounts;
    private final long liveRowCount;
    private final long rowCount;

    private PartList(List<PartState> all, Map<Integer, byte[]> sketches) {
        this.all = List.copyOf(all);
        this.sketches = sketches;
        long live = 0;
        long rows = 0;
        for (PartState part : all) {
            live += part.liveRowCount();
            rows += part.summary().rowCount();
        }
        this.liveRowCount = live;
        this.rowCount = rows;
    }

    static PartList of(List<PartState> all, Map<Integer, byte[]> sketches) {
        return new PartList(all, sketches);
    }

    List<PartState> all() {
        return all;
    }

    /// By column id, the merged sketch of all parts that the table ever had.
    Map<Integer, byte[]> sketches() {
        return sketches;
    }

    /// About how many distinct values the column has; −1 where nobody counted.
    long distinctCount(int columnId) {
        Map<Integer, Long> known = distinctCounts;
        if (known == null) {
            known = new HashMap<>();
            for (Map.Entry<Integer, byte[]> sketch : sketches.entrySet()) {
                known.put(sketch.getKey(), DistinctCounts.estimate(sketch.getValue()));
            }
            distinctCounts = known;
        }
        return known.getOrDefault(columnId, -1L);
    }

    long liveRowCount() {
        return liveRowCount;
    }

    long rowCount() {
        return rowCount;
    }

    /// Position of the part, or −1.
    int indexOf(PartId id) {
        Map<PartId, Integer> positions = index;
        if (positions == null) {
            positions = new HashMap<>();
            for (int i = 0; i < all.size(); i++) {
                positions.put(all.get(i).id(), i);
            }
            index = positions;
        }
        return positions.getOrDefault(id, -1);
    }

    @Nullable PartState find(PartId id) {
        int at = indexOf(id);
        return at < 0 ? null : all.get(at);
    }

    PartList with(List<PartState> changed) {
        return new PartList(changed, sketches);
    }

    /// With more parts behind the others.
    PartList plus(List<PartState> added) {
        List<PartState> changed = new ArrayList<>(all);
        changed.addAll(added);
        return new PartList(changed, merged(added));
    }

    /// The parts of that partition.
    List<PartState> of(List<Value> partition) {
        return all.stream().filter(part -> part.summary().partition().equals(partition)).toList();
    }

    PartList without(List<PartState> gone) {
        Set<PartId> ids = new HashSet<>();
        gone.forEach(part -> ids.add(part.id()));
        return with(all.stream().filter(part -> !ids.contains(part.id())).toList());
    }

    /// With the results where the first of the sources stood.
    PartList replaced(List<PartId> sources, List<PartState> results) {
        Set<PartId> gone = new HashSet<>(sources);
        List<PartState> changed = new ArrayList<>();
        boolean placed = false;
        for (PartState part : all) {
            if (!gone.contains(part.id())) {
                changed.add(part);
            } else if (!placed) {
                changed.addAll(results);
                placed = true;
            }
        }
        return new PartList(changed, sketches);
    }

    private Map<Integer, byte[]> merged(List<PartState> added) {
        Map<Integer, byte[]> result = new HashMap<>(sketches);
        for (PartState part : added) {
            for (PartColumnSummary column : part.summary().columns()) {
                if (column.sketch().length > 0) {
                    result.merge(column.columnId(), column.sketch(), DistinctCounts::union);
                }
            }
        }
        return result;
    }

    /// By column id; columns that no part has are left out.
    Map<Integer, ColumnTotals> totals() {
        Map<Integer, ColumnTotals> known = totals;
        if (known == null) {
            known = new HashMap<>();
            for (PartState part : all) {
                for (PartColumnSummary column : part.summary().columns()) {
                    known.merge(column.columnId(), totals(part, column), PartList::union);
                }
            }
            totals = known;
        }
        return known;
    }

    private static ColumnTotals totals(PartState part, PartColumnSummary column) {
        boolean allNull = column.nullCount() == part.summary().rowCount();
        boolean bounded = allNull || (column.min() != null && column.max() != null);
        return new ColumnTotals(
                part.summary().rowCount(),
                column.nullCount(),
                allNull ? null : column.min(),
                allNull ? null : column.max(),
                bounded,
                column.decodedBytes());
    }

    private static ColumnTotals union(ColumnTotals a, ColumnTotals b) {
        return new ColumnTotals(
                a.rowCount + b.rowCount,
                a.nullCount + b.nullCount,
                least(a.min, b.min),
                greatest(a.max, b.max),
                a.bounded && b.bounded,
                a.decodedBytes + b.decodedBytes);
    }

    static @Nullable Value least(@Nullable Value a, @Nullable Value b) {
        return a == null || (b != null && Value.compare(b, a) < 0) ? b : a;
    }

    static @Nullable Value greatest(@Nullable Value a, @Nullable Value b) {
        return a == null || (b != null && Value.compare(b, a) > 0) ? b : a;
    }
}
