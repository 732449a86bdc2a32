package io.basaltdb.shell;

import io.basaltdb.shell.sql.SqlCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point behind the `basalt` launcher: names the commands and runs the one that was asked for.
///
/// Exit codes: 0 done, 1 failed, 2 not understood.
@Command(
        name = "basalt",
        description = "A columnar database for real-time analytics.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            SqlCommand.class,
            ImportCommand.class,
            CheckCommand.class,
            VersionCommand.class,
            ClasspathCommand.class,
            TrainCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// The commands and how their words are read; tests replace its writers.
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
