package io.basaltdb.shell.sql;

import io.basaltdb.query.sql.StatementSplitter;
import java.io.IOException;
import java.io.PrintWriter;
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

/// The shell at a terminal: reads statements that end with a semicolon over as many lines as they take, keeps a history, and cancels what runs on `^C`.
public final class InteractiveShell {
    private final Connection connection;
    private final String url;
    private ResultFormat format = ResultFormat.BOX;
    private boolean timing = true;

    public InteractiveShell(Connection connection, String url) {
        this.connection = connection;
        this.url = url;
    }

    /// Reads until the end of the input or `.quit`; gives the exit code.
    public int run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            PrintWriter out = terminal.writer();
            StatementRunner runner = new StatementRunner(connection, out);
            LineReader reader = reader(terminal);
            out.println(
                    "Basalt shell on "
                            + url
                            + ". Statements end with ;  .help lists commands, ^D leaves.");
            StringBuilder pending = new StringBuilder();
            while (true) {
                String line;
                try {
                    line = reader.readLine(pending.isEmpty() ? "basalt> " : "     -> ");
                } catch (UserInterruptException e) {
                    pending.setLength(0);
                    continue;
                } catch (EndOfFileException e) {
                    return 0;
                }
                if (pending.isEmpty() && line.strip().startsWith(".")) {
                    if (!dotCommand(line.strip(), out)) {
                        return 0;
                    }
                    continue;
                }
                pending.append(line).append('\n');
                StatementSplitter.Script script = StatementSplitter.split(pending.toString());
                if (script.rest().isBlank()) {
                    runAll(terminal, runner, script.statements(), out);
                    pending.setLength(0);
                }
            }
        }
    }

    private static LineReader reader(Terminal terminal) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("basalt")
                .variable(
                        LineReader.HISTORY_FILE,
                        Path.of(System.getProperty("user.home"), ".basalt_history"))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "     -> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    private void runAll(
            Terminal terminal, StatementRunner runner, List<String> statements, PrintWriter out)
            throws IOException {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, _ -> runner.cancel());
        try {
            for (String statement : statements) {
                StatementRunner.Outcome outcome =
                        runner.run(
                                statement, format, Math.max(40, terminal.getSize().getColumns()));
                if (timing) {
                    out.println(OutcomeText.of(outcome));
                }
            }
        } catch (SQLException failure) {
            out.println(ErrorText.of(failure));
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            out.flush();
        }
    }

    /// Carries out a command of the shell; false where it says to leave.
    private boolean dotCommand(String line, PrintWriter out) throws IOException {
        List<String> words = List.of(line.split("\\s+"));
        switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case ".quit", ".exit" -> {
                return false;
            }
            case ".help" -> help(out);
            case ".timing" ->
                    timing = words.size() < 2 ? !timing : words.get(1).equalsIgnoreCase("on");
            case ".format" -> setFormat(words, out);
            case ".tables" -> runQuietly("SHOW TABLES", out);
            case ".schema" ->
                    runQuietly(words.size() < 2 ? "SHOW SCHEMAS" : "DESCRIBE " + words.get(1), out);
            default ->
                    out.println("there is no command " + words.getFirst() + "; .help lists them");
        }
        out.flush();
        return true;
    }

    private void runQuietly(String sql, PrintWriter out) throws IOException {
        try {
            new StatementRunner(connection, out).run(sql, format, 120);
        } catch (SQLException failure) {
            out.println(ErrorText.of(failure));
        }
    }

    private void setFormat(List<String> words, PrintWriter out) {
        for (ResultFormat known : ResultFormat.values()) {
            if (words.size() > 1 && known.toString().equalsIgnoreCase(words.get(1))) {
                format = known;
                return;
            }
        }
        out.println("the formats are box, csv, tsv, json and markdown; now it is " + format);
    }

    private static void help(PrintWriter out) {
        out.println(
                """
                .tables            tables and views of the current schema
                .schema [TABLE]    schemas, or the columns of a table
                .format FORMAT     box, csv, tsv, json or markdown
                .timing [on|off]   rows and time after each statement
                .quit              leave (also ^D)
                ^C                 cancels the running statement, or drops the line\
                """);
    }
}
