package io.basaltdb.shell;

import io.basaltdb.shell.sql.SqlCommand;
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
        System.exit(commandLine().execute(arguments));
    }

    /// The commands and how their words are read; tests replace its writers.
    static CommandLine commandLine() {
        return new CommandLine(new Main());
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
