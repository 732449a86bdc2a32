package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client's conversation with the engine: default schema, settings, prepared statements. Used by one thread at a time, except
/// [#cancel] and [#progress].
public interface Session extends AutoCloseable {
    /// Parses and plans one statement; says what it needs and gives, and can be executed many times.
    Prepared prepare(String sql);

    /// Executes one statement, or several separated by semicolons of which the last one's result is given.
    default Result execute(String sql) {
        return execute(sql, List.of());
    }

    Result execute(String sql, List<Parameter> parameters);

    /// Appends batches to a table as one atomic insert: the columnar way in (JDBC batches, imports).
    ///
    /// @param columns the table's columns that the batches carry, in their order; the others get their default
    /// @param token idempotency token: an insert that was carried out under it is not carried out again, and one of other rows fails;
    ///     empty for the setting `insert_token`
    BulkInsert insert(String schema, String table, List<String> columns, String token);

    default BulkInsert insert(String schema, String table, List<String> columns) {
        return insert(schema, table, columns, "");
    }

    /// The same for an INSERT whose text has one row of VALUES, of nothing but that many parameters: batches stand for that row, and ON CONFLICT
    /// holds for them as for the rows of one statement. Null for any other statement.
    ///
    /// @param token as of [#insert(String, String, List, String)]
    @Nullable BulkInsert insert(String sql, int parameterCount, String token);

    /// Executes a statement once for each row of parameters, all of them as one atomic change.
    ///
    /// @param token as of [#insert(String, String, List, String)]
    /// @return how many rows were changed
    long executeAll(String sql, List<List<Parameter>> executions, String token);

    /// Sets a setting as SET does, without the way through SQL: a program that opens a database need not wait for the parser's classes.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException where there is no such setting, or it does not take the value
    void set(String name, String value);

    /// Does some work of this session with settings that hold meanwhile.
    <R> R during(Map<String, String> settings, Supplier<R> work);

    /// How a text could go on at the cursor, which counts its characters from 0: rows of `text`, `kind` and `start`, as the protocol
    /// describes them.
    Result complete(String text, int cursor);

    /// Stops what this session is executing, from any thread; the execution fails with QUERY_CANCELED.
    void cancel();

    /// How far the statement is that this session executes, or executed last; from any thread.
    QueryProgress progress();

    String currentSchema();

    /// The id of the zone in which instants are shown.
    String timeZone();

    @Override
    void close();

    /// A parameter's value with the type that the client gave it; coerced as SQL would an explicit literal.
    record Parameter(Value value, Type type) {}

    /// A statement that was planned. Plans again by itself when definitions have changed.
    interface Prepared extends AutoCloseable {
        /// Columns of its result; empty for statements that give none.
        Schema result();

        /// Name, type and nullability of each parameter.
        List<Field> parameters();

        Result execute(List<Parameter> parameters);

        @Override
        void close();
    }

    /// Rows on their way into a table; nothing is visible before [#commit].
    interface BulkInsert extends AutoCloseable {
        /// The types that the batches' columns should have; columns of other types are cast.
        Schema columns();

        void append(Batch rows);

        /// Makes the rows durable and visible; returns their number.
        long commit();

        @Override
        void close();
    }
}
