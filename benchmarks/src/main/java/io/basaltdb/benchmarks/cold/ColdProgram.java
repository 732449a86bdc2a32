package io.basaltdb.benchmarks.cold;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The least that a program does which asks one query: connects, asks, and reads all cells.
public final class ColdProgram {
    private ColdProgram() {}

    /// @param arguments the JDBC URL, and the query
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(arguments[1])) {
            int columns = result.getMetaData().getColumnCount();
            long rows = 0;
            long cells = 0;
            while (result.next()) {
                rows++;
                for (int column = 1; column <= columns; column++) {
                    cells += result.getObject(column) == null ? 0 : 1;
                }
            }
            System.out.println(rows + " rows, " + cells + " cells");
        }
    }
}
