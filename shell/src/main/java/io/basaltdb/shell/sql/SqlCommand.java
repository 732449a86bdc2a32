package io.basaltdb.shell.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        CommandSpec command = spec;
        assert command != null : "set by the command line";
        return new SqlRun(options(), command.commandLine().getOut(), command.commandLine().getErr())
                .run();
    }

    SqlOptions options() {
        return new SqlOptions(
                target, commands, files, csv ? ResultFormat.CSV : format, timing, keepGoing);
    }
}
