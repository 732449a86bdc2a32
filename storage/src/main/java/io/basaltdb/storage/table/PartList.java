package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.segment.DistinctSketch;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of a table at one commit, oldest first, and what is known of all of them together. Immutable.
final class PartList {
    static final PartList EMPTY = new PartList(List.of(), Map.of(), null, 0, 0);

    private final List<PartState> all;
    private final Map<Integer, DistinctSketch> sketches;
    private volatile @Nullable Map<PartId, Integer> index;
    private volatile @Nullable Map<Integer, ColumnTotals> totals;
    private volatile @Nullable Map<Integer, Long> distinctCounts;
    private final long liveRowCount;
    private final long rowCount;

    /// @param all not to be changed any more
    private PartList(
            List<PartState> all,
            Map<Integer, DistinctSketch> sketches,
            @Nullable Map<Integer, ColumnTotals> totals,
            long liveRowCount,
            long rowCount) {
        this.all = Collections.unmodifiableList(all);
        this.sketches = sketches;
        this.totals = totals;
        this.liveRowCount = liveRowCount;
        this.rowCount = rowCount;
    }

    static PartList of(List<PartState> all, Map<Integer, DistinctSketch> sketches) {
        return new PartList(all, sketches, null, liveRowCount(all), rowCount(all));
    }

    private static long liveRowCount(List<PartState> parts) {
        long live = 0;
        for (PartState part : parts) {
            live += part.liveRowCount();
        }
        return live;
    }

    private static long rowCount(List<PartState> parts) {
        long rows = 0;
        for (PartState part : parts) {
            rows += part.summary().rowCount();
        }
        return rows;
    }

    List<PartState> all() {
        return all;
    }

    /// By column id, the merged sketch of all parts that the table ever had. Not to be changed.
    Map<Integer, DistinctSketch> sketches() {
        return sketches;
    }

    /// About how many distinct values the column has; −1 where nobody counted.
    long distinctCount(int columnId) {
        Map<Integer, Long> known = distinctCounts;
        if (known == null) {
            known = new HashMap<>();
            for (Map.Entry<Integer, DistinctSketch> sketch : sketches.entrySet()) {
                known.put(sketch.getKey(), sketch.getValue().estimate());
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

    /// @param changed not to be changed any more
    PartList with(List<PartState> changed) {
        return of(changed, sketches);
    }

    /// With more parts behind the others. Their sketches are added to those of the table.
    PartList plus(List<PartState> added) {
        List<PartState> changed = new ArrayList<>(all.size() + added.size());
        changed.addAll(all);
        added.forEach(part -> changed.add(part.withoutSketches()));
        Map<Integer, ColumnTotals> known = totals;
        return new PartList(
                changed,
                sketchesWith(added),
                known == null ? null : ColumnTotals.with(known, added),
                liveRowCount + liveRowCount(added),
                rowCount + rowCount(added));
    }

    /// With other deaths in one of the parts.
    PartList withDeaths(int position, DeathList deaths) {
        List<PartState> changed = new ArrayList<>(all);
        PartState before = changed.get(position);
        PartState after = before.withDeaths(deaths);
        changed.set(position, after);
        PartList result =
                new PartList(
                        changed,
                        sketches,
                        totals,
                        liveRowCount + after.liveRowCount() - before.liveRowCount(),
                        rowCount);
        result.index = index;
        return result;
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
                results.forEach(result -> changed.add(result.withoutSketches()));
                placed = true;
            }
        }
        return with(changed);
    }

    private Map<Integer, DistinctSketch> sketchesWith(List<PartState> added) {
        Map<Integer, DistinctSketch> changed = new HashMap<>();
        for (PartState part : added) {
            part.summary()
                    .columns()
                    .forEachSketch((column, sketch) ->
                            changed.computeIfAbsent(column, this::sketchToChange).merge(sketch));
        }
        Map<Integer, DistinctSketch> result = new HashMap<>(sketches);
        result.putAll(changed);
        return result;
    }

    private DistinctSketch sketchToChange(int columnId) {
        DistinctSketch known = sketches.get(columnId);
        return known == null ? new DistinctSketch() : known.copy();
    }

    /// By column id; columns that no part has are left out.
    Map<Integer, ColumnTotals> totals() {
        Map<Integer, ColumnTotals> known = totals;
        if (known == null) {
            known = ColumnTotals.with(Map.of(), all);
            totals = known;
        }
        return known;
    }
}
