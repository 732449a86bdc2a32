package io.basaltdb.storage.part;

import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Takes the values of one column of a part, first row to last. For one thread.
public interface ColumnAppender extends AutoCloseable {
    /// Copies the rows, all or the selected ones. Batches may have any size and form.
    void append(Vector values, @Nullable Selection rows);

    /// Ends the column, which must have all rows of the part by now.
    @Override
    void close();
}
