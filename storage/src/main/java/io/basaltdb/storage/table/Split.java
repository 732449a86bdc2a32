package io.basaltdb.storage.table;

import io.basaltdb.storage.segment.ZoneMap;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The unit of a scan: the rows of a part, of the delta, of a file or of a system table at one snapshot, cut into granules of at most
/// [io.basaltdb.storage.vector.Batch#MAX_ROWS] rows. Immutable while its snapshot is open; safe for use by many threads.
/// Columns are named by their position in the relation.
public interface Split {
    /// What it is, for EXPLAIN and messages: a part's name, `delta`, a file's name.
    String name();

    int granuleCount();

    /// Rows of the granule, deleted ones included.
    int rowCount(int granule);

    /// Rows of all granules, deleted ones included.
    default long rowCount() {
        long rows = 0;
        for (int granule = 0; granule < granuleCount(); granule++) {
            rows += rowCount(granule);
        }
        return rows;
    }

    /// What is known of the column in that granule, deleted rows included; null where nothing is.
    @Nullable ZoneMap zoneMap(int granule, int column);

    /// What is known of the column in the whole split, deleted rows included; null where nothing is.
    @Nullable ZoneMap zoneMap(int column);

    /// What is known to be wrong with its file; null where nothing is.
    default @Nullable String damage() {
        return null;
    }

    /// Whether rows may be missing at this snapshot (deleted or not yet born), so that counts need a look.
    boolean mayHaveDeadRows();

    /// False where surely no row satisfies all predicates, as far as is known without opening anything.
    default boolean mayMatch(List<ColumnRanges> predicates) {
        return true;
    }

    /// Clears the bits of granules in which no row can satisfy all predicates, by sparse index and zone maps.
    default void prune(List<ColumnRanges> predicates, BitSet granules) {
        for (ColumnRanges predicate : predicates) {
            for (int g = granules.nextSetBit(0); g >= 0; g = granules.nextSetBit(g + 1)) {
                ZoneMap zone = zoneMap(g, predicate.column());
                if (zone != null && !zone.mayMatch(predicate.ranges())) {
                    granules.clear(g);
                }
            }
        }
    }

    /// Whether a granule can only be had by decoding those before it: then a scan had better leave the split to one reader.
    default boolean isReadFromItsStart() {
        return false;
    }

    /// A reader with buffers of its own, for one thread.
    SplitReader open();
}
