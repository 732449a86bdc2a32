package io.basaltdb.shell;

import io.basaltdb.shell.sql.Training;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `basalt train`: does a little of everything once, in memory, while the JVM watches which classes and methods are needed.
///
/// The launcher runs it after a build with `-XX:AOTCacheOutput`; the cache that comes out makes every later start faster. The
/// statements stand in `training.sql` beside this class, one per line. Nobody else has a use for it, so help does not show it.
@Command(
        name = "train",
        description = "Run a little of everything once, for the cache that makes starts fast.",
        hidden = true,
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, SQLException {
        List<String> statements = training().lines().filter(TrainCommand::isStatement).toList();
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                run(statement, sql);
            }
        }
        Training.run(String.join(";", statements));
        return 0;
    }

    private static boolean isStatement(String line) {
        return !line.isBlank() && !line.startsWith("--");
    }

    private static void run(Statement statement, String sql) throws SQLException {
        if (statement.execute(sql)) {
            try (ResultSet rows = statement.getResultSet()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        rows.getObject(column);
                    }
                }
            }
        }
    }

    private static String training() throws IOException {
        try (InputStream in = TrainCommand.class.getResourceAsStream("training.sql")) {
            if (in == null) {
                throw new IllegalStateException(
                        "training.sql is missing beside " + TrainCommand.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
