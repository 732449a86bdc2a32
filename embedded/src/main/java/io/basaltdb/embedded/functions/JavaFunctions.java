package io.basaltdb.embedded.functions;

import java.sql.SQLException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes functions and aggregates of SQL out of objects of the program. Reached by `connection.unwrap(JavaFunctions.class)`, where the
/// database is open in this process. All connections to the database know them, until they are removed or the database is closed; no
/// catalog does. Safe for use by many threads, and so must the objects be.
///
/// A declaration is what stands in CREATE FUNCTION before LANGUAGE: `slug (id BIGINT, title TEXT) RETURNS TEXT DETERMINISTIC`. Arguments come as
/// the boxes of exactly their types (INTEGER as `Integer`), NULL as null unless it says STRICT; a null that is given is NULL.
///
/// Every method throws an SQLException where the declaration cannot be read (42601), the name is taken (42710), or no class stands for a
/// type (0A000).
public interface JavaFunctions {
    /// A function of one parameter.
    <A, R> void function(String declaration, Function<A, R> function) throws SQLException;

    /// A function of two parameters.
    <A, B, R> void function(String declaration, BiFunction<A, B, R> function) throws SQLException;

    /// A function of any number of parameters.
    void rowFunction(String declaration, RowFunction function) throws SQLException;

    /// A function that is called once for the rows of a batch.
    void vectorFunction(String declaration, VectorFunction function) throws SQLException;

    /// An aggregate of any number of parameters.
    <S> void aggregate(String declaration, GroupFunction<S> function) throws SQLException;

    /// An aggregate of one parameter.
    ///
    /// @param begin makes the state of a group
    /// @param accumulate adds a value to it
    /// @param merge adds what the second state has seen to the first one
    /// @param finish the result of a state; may be called again, also after more rows
    <S, A, R> void aggregate(
            String declaration,
            Supplier<S> begin,
            BiConsumer<S, A> accumulate,
            BiConsumer<S, S> merge,
            Function<S, R> finish)
            throws SQLException;

    /// Forgets a function or aggregate that was given here; answers whether there was one. Queries that run keep it.
    boolean remove(String name) throws SQLException;

    /// Computes a value for a row.
    @FunctionalInterface
    interface RowFunction {
        /// @param row the arguments, which may be kept and changed
        /// @throws Exception becomes an error of the statement, SQLSTATE 39000
        @Nullable Object call(@Nullable Object[] row) throws Exception;
    }

    /// Computes the values of many rows.
    @FunctionalInterface
    interface VectorFunction {
        /// @param columns an array for each parameter, all of one length: `long[]` for whole numbers, `double[]` for REAL and DOUBLE,
        ///     `boolean[]`, else arrays of objects. A row with a NULL of a primitive class is not among them: its result is NULL.
        /// @return an array of that length
        /// @throws Exception becomes an error of the statement, SQLSTATE 39000
        Object call(Object[] columns) throws Exception;
    }

    /// An aggregate. Rows come in any order, and states are merged in any order.
    ///
    /// @param <S> the state of a group
    interface GroupFunction<S> {
        S begin() throws Exception;

        void accumulate(S state, @Nullable Object[] row) throws Exception;

        /// Adds what the other state has seen.
        void merge(S state, S other) throws Exception;

        /// The result; may be called again, also after more rows.
        @Nullable Object finish(S state) throws Exception;
    }
}
