package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.ColumnIdRanges;
import io.basaltdb.storage.part.PartColumnSummary;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.segment.ZoneMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part at one snapshot.
final class PartSplit implements Split {
    private final PartState part;
    private final TableDefinition definition;
    private final long commit;

    PartSplit(PartState part, TableDefinition definition, long commit) {
        this.part = part;
        this.definition = definition;
        this.commit = commit;
    }

    @Override
    public String name() {
        return part.id().toString();
    }

    @Override
    public int granuleCount() {
        return part.summary().granuleCount();
    }

    @Override
    public int rowCount(int granule) {
        return part.summary().rowCount(granule);
    }

    @Override
    public long rowCount() {
        return part.summary().rowCount();
    }

    private ColumnDefinition column(int position) {
        return definition.columns().get(position);
    }

    @Override
    public ZoneMap zoneMap(int granule, int column) {
        try (PartPin pin = part.handle().pin()) {
            PartReader reader = pin.reader();
            int id = column(column).id();
            return reader.hasColumn(id)
                    ? reader.zoneMap(id, granule)
                    : VectorBounds.constant(column(column), reader.rowCount(granule));
        }
    }

    @Override
    public ZoneMap zoneMap(int column) {
        try (PartPin pin = part.handle().pin()) {
            PartReader reader = pin.reader();
            int id = column(column).id();
            return reader.hasColumn(id)
                    ? reader.zoneMap(id)
                    : VectorBounds.constant(column(column), part.summary().rowCount());
        }
    }

    @Override
    public @Nullable String damage() {
        return part.handle().damage();
    }

    @Override
    public boolean mayHaveDeadRows() {
        return !part.deaths().isEmpty() || part.maxBirth() > commit;
    }

    /// By the bounds of the part, which are narrower than those of its partition.
    @Override
    public boolean mayMatch(List<ColumnRanges> predicates) {
        for (ColumnRanges predicate : predicates) {
            ZoneMap zone = bounds(column(predicate.column()));
            if (zone != null && !zone.mayMatch(predicate.ranges())) {
                return false;
            }
        }
        return true;
    }

    private @Nullable ZoneMap bounds(ColumnDefinition column) {
        long rows = part.summary().rowCount();
        PartColumnSummary known = part.summary().columns().find(column.id());
        if (known == null) {
            return VectorBounds.constant(column, rows);
        }
        boolean bounded = known.nullCount() == rows || (known.min() != null && known.max() != null);
        return bounded
                ? new ZoneMap(rows, known.nullCount(), known.min(), known.max(), false)
                : null;
    }

    @Override
    public void prune(List<ColumnRanges> predicates, BitSet granules) {
        try (PartPin pin = part.handle().pin()) {
            prune(pin.reader(), predicates, granules);
            Split.super.prune(predicates, granules);
        }
    }

    private void prune(PartReader reader, List<ColumnRanges> predicates, BitSet granules) {
        List<ColumnIdRanges> byId = new ArrayList<>();
        for (ColumnRanges predicate : predicates) {
            int id = column(predicate.column()).id();
            if (reader.hasColumn(id)) {
                byId.add(new ColumnIdRanges(id, predicate.ranges()));
            }
        }
        KeyPoints keys = KeyPoints.of(definition, predicates);
        if (keys != null) {
            keys.prune(reader, granules);
        }
        reader.pruneBySortKey(byId, granules);
    }

    @Override
    public SplitReader open() {
        return new PartSplitReader(part, definition, commit);
    }
}
