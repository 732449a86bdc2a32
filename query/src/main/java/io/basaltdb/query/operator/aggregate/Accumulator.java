package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// The state of one or more calls, per group. For one thread at a time.
interface Accumulator {
    /// Makes room for that many groups, reserving it first; new groups are empty.
    void ensure(int groupCount);

    /// Adds the block's rows to their groups.
    ///
    /// @param groups group of each row; null where all belong to group 0
    void add(RowBlock block, int @Nullable [] groups);

    /// Called once before [#merge] reads this one, perhaps from several threads at once.
    default void prepareMerge() {}

    /// Adds the other's group `from[i]` to this one's group `to[i]`, for `count` groups.
    void merge(Accumulator other, int[] from, int[] to, int count);

    /// The results of a call for `count` groups from `first` on. Only for accumulators of a single call.
    Vector result(int first, int count);
}
