package io.basaltdb.benchmarks;

import io.basaltdb.benchmarks.command.BulkCommand;
import io.basaltdb.benchmarks.command.ColdCommand;
import io.basaltdb.benchmarks.command.HitsCommand;
import io.basaltdb.benchmarks.command.InsertCommand;
import io.basaltdb.benchmarks.command.JmhCommand;
import io.basaltdb.benchmarks.command.LoadCommand;
import io.basaltdb.benchmarks.command.OpenCommand;
import io.basaltdb.benchmarks.command.ScalingCommand;
import io.basaltdb.benchmarks.command.SmallCommand;
import io.basaltdb.benchmarks.command.SustainedCommand;
import io.basaltdb.benchmarks.command.TpcdsCommand;
import io.basaltdb.benchmarks.command.TpchCommand;
import io.basaltdb.benchmarks.command.UpdatesCommand;
import io.basaltdb.benchmarks.command.UpsertCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `basalt bench`: measures, alone or beside another engine.
@Command(
        name = "basalt bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures Basalt, alone or beside DuckDB.",
        subcommands = {
            TpchCommand.class,
            TpcdsCommand.class,
            HitsCommand.class,
            InsertCommand.class,
            BulkCommand.class,
            LoadCommand.class,
            SmallCommand.class,
            UpsertCommand.class,
            SustainedCommand.class,
            UpdatesCommand.class,
            OpenCommand.class,
            ColdCommand.class,
            ScalingCommand.class,
            JmhCommand.class
        })
public final class BenchMain {
    private BenchMain() {}

    /// Runs a subcommand; the exit code is 0 where everything was answered and agreed.
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// The command with all its subcommands; a failure becomes one line and exit code 1.
    static CommandLine commandLine() {
        return new CommandLine(new BenchMain())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("basalt bench: " + failure.getMessage());
                    return 1;
                });
    }
}
