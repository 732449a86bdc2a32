package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.part.RowList;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The primary keys that the predicates of a scan leave possible, where they are few: the scan is a lookup, and the filters and indexes of keys
/// say in which granules they may be.
///
/// @param keys batches of one key each
record KeyPoints(List<KeyBatch> keys) {
    private static final int MAX_KEYS = 256;

    /// Null where the predicates leave more than a few keys possible, or the table has none.
    static @Nullable KeyPoints of(TableDefinition table, List<ColumnRanges> predicates) {
        List<List<Vector>> keys = new ArrayList<>();
        keys.add(List.of());
        for (int id : table.primaryKey()) {
            int position = table.positionOf(id);
            List<Value> values = values(position, predicates);
            if (values == null || keys.size() * values.size() > MAX_KEYS) {
                return null;
            }
            keys = combined(keys, values, table.columns().get(position).type());
        }
        return table.primaryKey().isEmpty()
                ? null
                : new KeyPoints(keys.stream().map(key -> KeyBatch.of(key, 1)).toList());
    }

    /// The single values that the column may have; null where there are others.
    private static @Nullable List<Value> values(int column, List<ColumnRanges> predicates) {
        for (ColumnRanges predicate : predicates) {
            Ranges ranges = predicate.ranges();
            if (predicate.column() == column
                    && !ranges.includesNull()
                    && ranges.intervals().size() <= MAX_KEYS
                    && ranges.intervals().stream().allMatch(Ranges.Interval::isPoint)) {
                List<Value> values = new ArrayList<>();
                for (Ranges.Interval interval : ranges.intervals()) {
                    Value value = interval.low();
                    if (value != null) {
                        values.add(value);
                    }
                }
                return values;
            }
        }
        return null;
    }

    private static List<List<Vector>> combined(
            List<List<Vector>> keys, List<Value> values, Type type) {
        List<List<Vector>> combined = new ArrayList<>();
        for (List<Vector> key : keys) {
            for (Value value : values) {
                List<Vector> more = new ArrayList<>(key);
                more.add(FlatVectors.flat(new ConstantVector(type, 1, value)));
                combined.add(more);
            }
        }
        return combined;
    }

    /// Clears the bits of granules of a part in which none of the keys is.
    void prune(PartReader part, BitSet granules) {
        BitSet possible = new BitSet();
        RowList rows = new RowList();
        for (KeyBatch key : keys) {
            long hash = key.hashes()[0];
            if (!part.mayHoldKey(hash)) {
                continue;
            }
            if (!part.hasRowsOfKeys()) {
                return; // the sparse index knows the granule
            }
            rows.clear();
            part.rowsOfKey(hash, rows);
            for (int i = 0; i < rows.count(); i++) {
                possible.set(rows.get(i) / part.description().rowsPerGranule());
            }
        }
        granules.and(possible);
    }

    /// The same for chunks of rows in memory. The newest row of a key is the only one that may live, unless it came after the view.
    void prune(DeltaView view, BitSet granules) {
        KeyMap map = view.keys();
        if (map == null || view.rowCount() == 0) {
            return;
        }
        BitSet possible = new BitSet();
        for (KeyBatch key : keys) {
            long newest = map.newest(key)[0];
            if (newest >= view.nextSequence()) {
                return;
            }
            if (newest >= view.firstSequence()) {
                possible.set(view.chunkOf(newest));
            }
        }
        granules.and(possible);
    }
}
