package io.basaltdb.query.function;

import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The code of an aggregate that a user wrote; its states are objects of which nothing is known. Whatever it raises is an error of the statement.
public interface UserAggregate {
    /// Whether a row with NULL in that argument is left out.
    boolean skipsNull(int parameter);

    /// The state of a group without rows.
    Object newState();

    /// Adds a row to a state.
    ///
    /// @param arguments room for the arguments, of the caller
    void accumulate(
            Object state,
            List<? extends ArgumentColumn> columns,
            int row,
            @Nullable Object[] arguments);

    /// Adds the rows of another state.
    void merge(Object state, Object other);

    /// What the states give, in their order.
    Vector finish(List<Object> states);
}
