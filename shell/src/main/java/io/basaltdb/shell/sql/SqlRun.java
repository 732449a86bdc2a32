package io.basaltdb.shell.sql;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out `basalt sql`: statements from the options, from files, from standard input, or, at a terminal, from the keys.
public final class SqlRun {
    /// Of a script; who runs it at a terminal can scroll.
    private static final int WIDTH = 200;

    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;
    private static final int NO_CONNECTION = 3;

    private final SqlOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    public SqlRun(SqlOptions options, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /// Runs it; gives the exit code.
    public int run() throws IOException {
        boolean atTerminal = isAtTerminal();
        boolean isInteractive =
                atTerminal && options.commands().isEmpty() && options.files().isEmpty();
        List<String> scripts = isInteractive ? List.of() : scripts();
        if (scripts == null) {
            return NOT_UNDERSTOOD;
        }
        String url = ConnectionUrl.of(options.target());
        try (Connection connection = DriverManager.getConnection(url)) {
            if (isInteractive) {
                return new InteractiveShell(connection, url, options.format()).run();
            }
            ResultFormat given = options.format();
            ResultFormat format =
                    given != null ? given : atTerminal ? ResultFormat.BOX : ResultFormat.CSV;
            ScriptRunner runner =
                    new ScriptRunner(
                            connection,
                            out,
                            err,
                            Display.plain(format, WIDTH),
                            options.timing(),
                            options.keepGoing());
            return runAll(runner, scripts) ? 0 : FAILED;
        } catch (SQLException e) {
            say(ErrorText.of(e));
            return NO_CONNECTION;
        }
    }

    private boolean runAll(ScriptRunner runner, List<String> scripts) {
        boolean good = true;
        for (String script : scripts) {
            good &= runner.run(script);
            if (!good && !options.keepGoing()) {
                return false;
            }
        }
        return good;
    }

    /// All scripts; null where one cannot be read.
    private @Nullable List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>(options.commands());
        for (Path file : options.files()) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                say("basalt sql: the file " + file + " cannot be read");
                return null;
            }
            scripts.add(Files.readString(file));
        }
        if (scripts.isEmpty()) {
            scripts.add(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return scripts;
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }

    @SuppressWarnings("SystemConsoleNull") // null is still the answer where nobody types
    private static boolean isAtTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
