package io.basaltdb.shell;

import io.basaltdb.shell.sql.ConnectionUrl;
import io.basaltdb.shell.sql.ErrorText;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `basalt import TABLE FILE…`: loads files into a table, which is created from the first file's columns where it is not there. Each file is one commit: all of its
/// rows, or none and the reason.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Load CSV, JSON lines or Parquet files into a table; a table that is not there is created.",
            "Exit codes: 0 done, 1 a file was refused, 2 not understood, 3 no connection."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec @Nullable CommandSpec spec;

    @Option(
            names = {"-d", "--database"},
            paramLabel = "URL",
            required = true,
            description = "jdbc:basalt:… or a directory")
    @Nullable String target;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, json or parquet (default: by the name of the file)")
    @Nullable String format;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "an option of the format, for example header=false")
    List<String> options = new ArrayList<>();

    @Option(
            names = "--order-by",
            paramLabel = "COLUMNS",
            description =
                    "sort key of a table that is created, for example \"user_id, event_time\"")
    @Nullable String orderBy;

    @Parameters(
            index = "0",
            paramLabel = "TABLE",
            description = "name, perhaps with its schema in front")
    String table = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "files; names may hold * and ?")
    List<String> files = new ArrayList<>();

    @Override
    public Integer call() {
        CommandSpec command = spec;
        assert command != null : "set by the command line";
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        try (Connection connection = DriverManager.getConnection(ConnectionUrl.of(target))) {
            return load(connection, out, err);
        } catch (SQLException e) {
            err.println(ErrorText.of(e));
            return 3;
        }
    }

    private int load(Connection connection, PrintWriter out, PrintWriter err) {
        for (String file : files) {
            long start = System.nanoTime();
            try (Statement statement = connection.createStatement()) {
                long rows =
                        exists(connection)
                                ? statement.executeLargeUpdate(
                                        "COPY "
                                                + table
                                                + " FROM '"
                                                + quoted(file)
                                                + "'"
                                                + copyOptions())
                                : statement.executeLargeUpdate(creation(file));
                double seconds = (System.nanoTime() - start) / 1e9;
                out.printf(
                        Locale.ROOT,
                        "%s: %,d rows in %.2f s (%,.0f rows/s)%n",
                        file,
                        rows,
                        seconds,
                        rows / Math.max(seconds, 1e-9));
                out.flush();
            } catch (SQLException failure) {
                err.println(file + ": " + ErrorText.of(failure));
                err.flush();
                return 1;
            }
        }
        return 0;
    }

    private boolean exists(Connection connection) throws SQLException {
        int dot = table.indexOf('.');
        String schema = dot < 0 ? connection.getSchema() : table.substring(0, dot);
        String name = dot < 0 ? table : table.substring(dot + 1);
        try (ResultSet known = connection.getMetaData().getTables(null, null, "%", null)) {
            while (known.next()) {
                if (isName(schema, known.getString("TABLE_SCHEM"))
                        && isName(name, known.getString("TABLE_NAME"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether SQL means that name, quoted or not.
    private static boolean isName(String written, String name) {
        String bare =
                written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
                        ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                        : written;
        return bare.equalsIgnoreCase(name);
    }

    private String creation(String file) {
        String order = orderBy == null ? "" : " ORDER BY (" + orderBy + ")";
        return "CREATE TABLE " + table + order + " AS SELECT * FROM " + source(file);
    }

    private String source(String file) {
        if (format == null && options.isEmpty()) {
            return "'" + quoted(file) + "'";
        }
        StringBuilder call = new StringBuilder(format == null ? "file" : "read_" + format);
        call.append("('").append(quoted(file)).append('\'');
        options.forEach(option -> call.append(", '").append(quoted(option)).append('\''));
        return call.append(')').toString();
    }

    private String copyOptions() {
        List<String> all = new ArrayList<>();
        if (format != null) {
            all.add("FORMAT " + format);
        }
        for (String option : options) {
            int at = option.indexOf('=');
            all.add(
                    at < 0
                            ? option
                            : option.substring(0, at)
                                    + " '"
                                    + quoted(option.substring(at + 1))
                                    + "'");
        }
        return all.isEmpty() ? "" : " (" + String.join(", ", all) + ")";
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }
}
