package io.basaltdb.shell;

import io.basaltdb.shell.sql.SqlCommand;
import io.basaltdb.shell.sql.SqlOptions;
import io.basaltdb.shell.sql.SqlRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The entry point behind the `basalt` launcher: names the commands and runs the one that was asked for.
///
/// Exit codes: 0 done, 1 failed, 2 not understood.
@Command(
        name = "basalt",
        description = {
            "A columnar database for real-time analytics.",
            "Without a command: a shell on a database in memory."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            SqlCommand.class,
            ServerCommand.class,
            ImportCommand.class,
            CheckCommand.class,
            VersionCommand.class,
            ClasspathCommand.class,
            TrainCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
    @Spec @Nullable CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("server")) {
            // A terminal is no place for a log: what went wrong is said in the message.
            LogManager.getLogManager().reset();
        }
        SqlOptions plain = plainSql(arguments);
        System.exit(plain == null ? commandLine().execute(arguments) : run(plain));
    }

    /// The options of `basalt sql`, or of no command at all, where they are written plainly: that must start fast.
    private static @Nullable SqlOptions plainSql(String[] arguments) {
        if (arguments.length == 0) {
            return SqlOptions.ofPlain(List.of());
        }
        List<String> words = List.of(arguments);
        return words.getFirst().equals("sql")
                ? SqlOptions.ofPlain(words.subList(1, words.size()))
                : null;
    }

    private static int run(SqlOptions options) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        try {
            return new SqlRun(options, out, err).run();
        } catch (IOException | RuntimeException e) {
            err.println("basalt sql: " + (e.getMessage() == null ? e : e.getMessage()));
            return 1;
        } finally {
            out.flush();
        }
    }

    /// The commands and how their words are read; tests replace its writers.
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /// Without a command: the shell on a database in memory.
    @Override
    public Integer call() {
        CommandSpec command = spec;
        assert command != null : "set by the command line";
        return new CommandLine(new SqlCommand())
                .setOut(command.commandLine().getOut())
                .setErr(command.commandLine().getErr())
                .execute();
    }
}
