package io.basaltdb.shell.sql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;

/// Uses the shell as its users do, for the cache that makes starts fast: statements as a script in each format, then typed.
public final class Training {
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    private Training() {}

    /// Runs the script, which must succeed.
    public static void run(String script) throws IOException, SQLException {
        SqlOptions options =
                SqlOptions.ofPlain(List.of("-c", script, "--format", "box", "--timing"));
        StringWriter err = new StringWriter();
        if (options == null || new SqlRun(options, NOWHERE, new PrintWriter(err)).run() != 0) {
            throw new IllegalStateException("the training failed: " + err);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:")) {
            for (ResultFormat format : ResultFormat.values()) {
                new ScriptRunner(
                                connection,
                                NOWHERE,
                                NOWHERE,
                                Display.plain(format, 80),
                                false,
                                false)
                        .run("SELECT 1 AS one, 'two' AS two, NULL AS three");
            }
            type(connection, "SELECT 'typed' AS word, 1.5 AS number;\n.tables\n.help\n.quit\n");
        }
    }

    private static void type(Connection connection, String keys) throws IOException {
        try (Terminal terminal =
                new DumbTerminal(
                        new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                        OutputStream.nullOutputStream())) {
            new InteractiveShell(connection, "jdbc:basalt:mem:", null).run(terminal, null);
        }
    }
}
