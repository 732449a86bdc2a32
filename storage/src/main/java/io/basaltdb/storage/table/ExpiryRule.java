package io.basaltdb.storage.table;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import java.util.List;

/// Says which rows of a table have outlived its TTL. For one thread.
public interface ExpiryRule {
    /// Positions of the columns that it depends on.
    List<Integer> columns();

    /// Whether a row of a greater value in its only column never expires earlier, so that the bounds of some rows tell of all.
    boolean isMonotone();

    /// Those of the batch's selected rows that have expired by then. A row without a point in time never does.
    ///
    /// @param rows all columns of the table; those that it does not depend on hold anything
    Selection expired(Batch rows, long wallMicros);
}
