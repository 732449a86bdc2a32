package io.basaltdb.query.function;

import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function bound to the types of one call; used by one thread.
public interface ScalarLoop {
    /// Computes the result for each lane of `arguments` (all of `size` lanes, any vector form). Lanes outside `selection` may be computed or not and
    /// never raise. An error for a selected lane whose arguments are not null is raised as [io.basaltdb.storage.error.BasaltException].
    ///
    /// @return a vector of `size` lanes that is lent until the next call
    Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection);
}
