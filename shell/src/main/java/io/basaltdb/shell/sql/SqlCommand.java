package io.basaltdb.shell.sql;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `basalt sql`: statements from `-c`, from `-f`, from standard input, or, at a terminal, from the keys.
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Run SQL on a server, on a database directory, or on a database in memory.",
            "Exit codes: 0 done, 1 a statement failed, 2 not understood, 3 no connection."
        })
public final class SqlCommand implements Callable<Integer> {
    /// Of a script; who runs it at a terminal can scroll.
    private static final int WIDTH = 200;

    private static final int FAILED = 1;
    private static final int NO_CONNECTION = 3;

    @Spec @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "URL",
            description = "jdbc:basalt:… or a directory; without it a database in memory")
    @Nullable String target;

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "run these statements and leave; may be given several times")
    List<String> commands = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "run the statements of this file and leave")
    List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "box, vertical, csv, tsv, json or markdown (default: box at a terminal, else csv)")
    @Nullable ResultFormat format;

    @Option(names = "--csv", description = "the same as --format csv")
    boolean csv;

    @Option(names = "--timing", description = "say after each statement how long it took")
    boolean timing;

    @Option(names = "--keep-going", description = "go on after a statement that failed")
    boolean keepGoing;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = output();
        PrintWriter err = errors();
        String url = ConnectionUrl.of(target);
        boolean atTerminal = isAtTerminal();
        try (Connection connection = DriverManager.getConnection(url)) {
            if (commands.isEmpty() && files.isEmpty() && atTerminal) {
                return new InteractiveShell(connection, url).run();
            }
            ResultFormat chosen =
                    csv
                            ? ResultFormat.CSV
                            : format != null
                                    ? format
                                    : atTerminal ? ResultFormat.BOX : ResultFormat.CSV;
            ScriptRunner runner =
                    new ScriptRunner(
                            connection, out, err, Display.plain(chosen, WIDTH), timing, keepGoing);
            return scripts().stream().allMatch(runner::run) ? 0 : FAILED;
        } catch (SQLException e) {
            err.println(ErrorText.of(e));
            err.flush();
            return NO_CONNECTION;
        }
    }

    private List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>(commands);
        for (Path file : files) {
            scripts.add(read(file));
        }
        if (scripts.isEmpty()) {
            scripts.add(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return scripts;
    }

    private String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ParameterException(command().commandLine(), "there is no file " + file, e);
        }
    }

    private PrintWriter output() {
        return command().commandLine().getOut();
    }

    private PrintWriter errors() {
        return command().commandLine().getErr();
    }

    private CommandSpec command() {
        CommandSpec given = spec;
        assert given != null : "set by the command line";
        return given;
    }

    @SuppressWarnings("SystemConsoleNull") // null is still the answer where nobody types
    private static boolean isAtTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
