package io.basaltdb.benchmarks.upsert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The fast way of an engine to replace a batch of rows by their keys, durable and visible when it returns.
interface BatchUpsert extends AutoCloseable {
    void upsert(int[] keys, long version) throws SQLException;

    @Override
    void close() throws SQLException;

    static BatchUpsert of(KeyedTable table, Change change) throws SQLException {
        Connection connection = table.engine().connect();
        return table.engine().name().equals("duckdb")
                ? new Appended(connection, table, change)
                : new Batched(connection, table, change);
    }

    /// What becomes of a row whose key is there.
    enum Change {
        /// Every column is new.
        REPLACE,
        /// One column is computed from the old row and the new one, the others stay.
        ADD;

        private String clause(KeyedTable table) {
            return switch (this) {
                case REPLACE ->
                        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, quantity = excluded.quantity,"
                                + " price = excluded.price, version = excluded.version";
                case ADD ->
                        String.format(
                                Locale.ROOT,
                                " ON CONFLICT (id) DO UPDATE SET price = %s.price + excluded.price, version = excluded.version",
                                table.name());
            };
        }
    }

    /// One `executeBatch` of a prepared upsert.
    final class Batched implements BatchUpsert {
        private final Connection connection;
        private final PreparedStatement statement;

        Batched(Connection connection, KeyedTable table, Change change) throws SQLException {
            this.connection = connection;
            this.statement =
                    connection.prepareStatement(
                            "INSERT INTO "
                                    + table.name()
                                    + " VALUES (?, ?, ?, ?, ?)"
                                    + change.clause(table));
        }

        @Override
        public void upsert(int[] keys, long version) throws SQLException {
            for (int key : keys) {
                statement.setLong(1, key);
                statement.setString(2, "item " + key % 1000);
                statement.setInt(3, key % 50);
                statement.setDouble(4, version * 0.25);
                statement.setLong(5, version);
                statement.addBatch();
            }
            statement.executeBatch();
        }

        @Override
        public void close() throws SQLException {
            statement.close();
            connection.close();
        }
    }

    /// Rows appended to a table of the session, and one statement from there: its prepared statement takes a row at a time.
    final class Appended implements BatchUpsert {
        private final Connection connection;
        private final Statement statement;
        private final String insert;

        Appended(Connection connection, KeyedTable table, Change change) throws SQLException {
            this.connection = connection;
            this.statement = connection.createStatement();
            this.insert =
                    "INSERT INTO "
                            + table.name()
                            + " SELECT * FROM incoming WHERE true"
                            + change.clause(table);
            statement.execute(
                    "CREATE OR REPLACE TEMP TABLE incoming (id BIGINT, name VARCHAR, quantity INTEGER, price DOUBLE, version BIGINT)");
        }

        @Override
        public void upsert(int[] keys, long version) throws SQLException {
            statement.execute("TRUNCATE incoming");
            try (DuckDBAppender appender =
                    connection
                            .unwrap(DuckDBConnection.class)
                            .createAppender("temp", "main", "incoming")) {
                for (int key : keys) {
                    appender.beginRow();
                    appender.append((long) key);
                    appender.append("item " + key % 1000);
                    appender.append(key % 50);
                    appender.append(version * 0.25);
                    appender.append(version);
                    appender.endRow();
                }
            }
            statement.execute(insert);
        }

        @Override
        public void close() throws SQLException {
            statement.close();
            connection.close();
        }
    }
}
