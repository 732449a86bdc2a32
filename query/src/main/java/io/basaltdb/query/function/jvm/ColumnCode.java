package io.basaltdb.query.function.jvm;

/// Computes the values of many rows. Called by several threads at once.
@FunctionalInterface
public interface ColumnCode {
    /// @param columns an array for each parameter, all of one length
    /// @return an array of that length
    /// @throws Exception becomes an error of the statement
    Object call(Object[] columns) throws Exception;
}
