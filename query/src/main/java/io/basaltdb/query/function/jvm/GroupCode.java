package io.basaltdb.query.function.jvm;

import org.jspecify.annotations.Nullable;

/// An aggregate. Called by several threads at once, each with states of its own. What is thrown becomes an error of the statement.
///
/// @param <S> the state of a group
public interface GroupCode<S> {
    S begin() throws Exception;

    /// @param row the arguments, which are the callee's
    void accumulate(S state, @Nullable Object[] row) throws Exception;

    /// Adds what the other state has seen.
    void merge(S state, S other) throws Exception;

    /// The result; may be called again, also after more rows.
    @Nullable Object finish(S state) throws Exception;
}
