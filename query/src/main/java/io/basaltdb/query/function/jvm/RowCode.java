package io.basaltdb.query.function.jvm;

import org.jspecify.annotations.Nullable;

/// Computes a value for one row. Called by several threads at once.
@FunctionalInterface
public interface RowCode {
    /// @param row the arguments, which are the callee's
    /// @throws Exception becomes an error of the statement
    @Nullable Object call(@Nullable Object[] row) throws Exception;
}
