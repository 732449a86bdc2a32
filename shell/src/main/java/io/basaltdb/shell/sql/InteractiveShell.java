package io.basaltdb.shell.sql;

import io.basaltdb.query.sql.StatementSplitter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// The shell at a terminal: reads statements that end with a semicolon over as many lines as they take, colours and completes them,
/// keeps a history, shows how far a statement is, and cancels it on `^C`.
final class InteractiveShell {
    private static final int NARROWEST = 40;

    private final Connection connection;
    private final String url;
    private ResultFormat format;
    private boolean timing = true;

    /// @param format how rows are written at first; null for boxes
    InteractiveShell(Connection connection, String url, @Nullable ResultFormat format) {
        this.connection = connection;
        this.url = url;
        this.format = format == null ? ResultFormat.BOX : format;
    }

    /// Reads until the end of the input or `.quit`; gives the exit code.
    int run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            Path history = Path.of(System.getProperty("user.home"), ".basalt_history");
            run(terminal, history);
            return 0;
        }
    }

    /// @param history the file of earlier statements; null to keep none
    void run(Terminal terminal, @Nullable Path history) {
        PrintWriter out = terminal.writer();
        LineReader reader = reader(terminal, history);
        ProgressLine progress = new ProgressLine(out, () -> width(terminal), System::nanoTime);
        StatementRunner runner = new StatementRunner(connection, out, progress);
        out.println(
                "Basalt shell on "
                        + url
                        + ". Statements end with a semicolon, .help lists commands, ^D leaves.");
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = obey(reader.readLine("basalt> "), terminal, runner);
            } catch (UserInterruptException e) {
                // The line is dropped.
            } catch (EndOfFileException e) {
                goesOn = false;
            }
        }
    }

    private LineReader reader(Terminal terminal, @Nullable Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder();
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        return builder.terminal(terminal)
                .appName("basalt")
                .parser(new StatementReader())
                .highlighter(new SqlHighlighter())
                .completer(new CatalogCompleter(connection))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "     -> ")
                .variable(LineReader.INDENTATION, 0)
                .variable(LineReader.LIST_MAX, 60)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, true)
                .option(LineReader.Option.INSERT_TAB, true)
                .build();
    }

    private static int width(Terminal terminal) {
        int columns = terminal.getSize().getColumns();
        return columns <= 0 ? 80 : Math.max(NARROWEST, columns);
    }

    /// Does what was typed; false where it says to leave.
    private boolean obey(String typed, Terminal terminal, StatementRunner runner) {
        String line = typed.strip();
        if (ShellCommand.isCalledBy(line)) {
            return command(line, terminal, runner);
        }
        runAll(typed, terminal, runner);
        return true;
    }

    private void runAll(String script, Terminal terminal, StatementRunner runner) {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, _ -> runner.cancel());
        PrintWriter out = terminal.writer();
        try {
            for (String statement : StatementSplitter.split(script).all()) {
                if (!runOne(statement, terminal, runner)) {
                    return;
                }
            }
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            out.flush();
        }
    }

    private boolean runOne(String statement, Terminal terminal, StatementRunner runner) {
        PrintWriter out = terminal.writer();
        try {
            StatementRunner.Outcome outcome =
                    runner.run(statement, new Display(format, width(terminal), true));
            if (timing) {
                out.println(OutcomeText.of(outcome));
            }
            return true;
        } catch (SQLException failure) {
            out.println(ErrorText.of(failure, statement));
        } catch (IOException failure) {
            out.println("error: the rows cannot be written: " + failure.getMessage());
        } catch (RuntimeException failure) {
            // The shell outlives its own mistakes.
            out.println("error: the shell failed: " + failure);
        }
        return false;
    }

    /// Carries out a command of the shell; false where it says to leave.
    private boolean command(String line, Terminal terminal, StatementRunner runner) {
        PrintWriter out = terminal.writer();
        String text = line.endsWith(";") ? line.substring(0, line.length() - 1).strip() : line;
        List<String> words = List.of(text.split("\\s+", 2));
        String argument = words.size() < 2 ? "" : words.get(1);
        ShellCommand command = ShellCommand.of(words.getFirst());
        if (command == null) {
            out.println("there is no command " + words.getFirst() + "; .help lists them");
            return true;
        }
        switch (command) {
            case HELP -> help(out);
            case TABLES -> runAll("SHOW TABLES", terminal, runner);
            case SCHEMA ->
                    runAll(
                            argument.isEmpty() ? "SHOW SCHEMAS" : "DESCRIBE " + argument,
                            terminal,
                            runner);
            case MODE -> setFormat(argument, out);
            case TIMER -> setTiming(argument, out);
            case READ -> read(argument, terminal, runner);
            case QUIT -> {
                return false;
            }
        }
        out.flush();
        return true;
    }

    private void setFormat(String name, PrintWriter out) {
        for (ResultFormat known : ResultFormat.values()) {
            if (known.toString().equalsIgnoreCase(name)) {
                format = known;
                return;
            }
        }
        out.println(
                "the mode is " + format + "; there are box, vertical, csv, tsv, json and markdown");
    }

    private void setTiming(String word, PrintWriter out) {
        timing = word.isEmpty() ? !timing : word.equalsIgnoreCase("on");
        out.println("the timer is " + (timing ? "on" : "off"));
    }

    private void read(String file, Terminal terminal, StatementRunner runner) {
        try {
            runAll(Files.readString(Path.of(file)), terminal, runner);
        } catch (IOException | RuntimeException e) {
            terminal.writer().println("error: the file " + file + " cannot be read");
        }
    }

    private static void help(PrintWriter out) {
        out.println(
                "Statements end with a semicolon and may take several lines. Commands stand alone:");
        for (ShellCommand command : ShellCommand.values()) {
            out.println(command.help());
        }
        out.println(
                String.format(
                        Locale.ROOT,
                        "Keys: Tab completes, ↑ and ^R find earlier statements, ^C cancels what runs or drops the line."));
    }
}
