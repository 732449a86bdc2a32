package io.basaltdb.benchmarks.crash;

import io.basaltdb.jdbc.BasaltStatement;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// One of several processes on one directory. Whatever happens to a connection, it connects again and sends the batch again under its
/// token, not knowing whether it was carried out. Arguments: URL, number of the writer.
public final class SharedWriter {
    static final String ACKNOWLEDGED = "ack ";
    static final String FAULT = "fault ";
    static final int ROWS = 5;

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private SharedWriter() {}

    /// Runs until somebody ends the process.
    public static void main(String[] arguments) throws Exception {
        long writer = Long.parseLong(arguments[1]);
        long sequence = 0;
        while (true) {
            try (Connection connection = DriverManager.getConnection(arguments[0])) {
                try (Statement create = connection.createStatement()) {
                    create.execute(
                            "CREATE TABLE IF NOT EXISTS shared (writer BIGINT, batch BIGINT, place BIGINT)");
                }
                while (true) {
                    insert(connection, writer, sequence);
                    say(ACKNOWLEDGED + writer + " " + sequence);
                    check(connection, writer, ++sequence);
                }
            } catch (SQLException lost) {
                String state = String.valueOf(lost.getSQLState());
                if (!state.startsWith("08") && !state.equals("57P01") && !state.equals("40001")) {
                    say(FAULT + state + " " + lost.getMessage().replace('\n', ' '));
                    return;
                }
            }
        }
    }

    private static void insert(Connection connection, long writer, long batch) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO shared VALUES (?, ?, ?)")) {
            insert.unwrap(BasaltStatement.class).setInsertToken(writer + " " + batch);
            for (int place = 0; place < ROWS; place++) {
                insert.setLong(1, writer);
                insert.setLong(2, batch);
                insert.setLong(3, place);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// What this writer has written is there, whoever owns the directory.
    private static void check(Connection connection, long writer, long batches)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT count(*) FROM shared WHERE writer = " + writer)) {
            rows.next();
            if (rows.getLong(1) != batches * ROWS) {
                say(
                        FAULT
                                + "writer "
                                + writer
                                + " wrote "
                                + batches * ROWS
                                + " rows and sees "
                                + rows.getLong(1));
            }
        }
    }

    private static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
