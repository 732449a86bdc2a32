package io.basaltdb.query.operator;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// What a later operator knows, while the query runs, about the values of one column that can still matter: the keys of a join's build side, the
/// worst row of a top-N. A scan asks before it reads a granule and after it has read the column. Safe for use by many threads.
///
/// A filter may let rows pass that do not matter, never the other way round.
public interface DynamicFilter {
    /// Values that can still matter, for pruning by zone maps; null where nothing is known (yet). Only narrows as time goes on. The same object
    /// is returned while nothing has changed.
    @Nullable Ranges ranges();

    /// The lanes among `among` (null: all) whose value can still matter; null where that is all of `among` or not worth a look.
    ///
    /// @param scratch at least `values.size()` long, to be used for the result
    @Nullable Selection select(Vector values, @Nullable Selection among, int[] scratch);
}
