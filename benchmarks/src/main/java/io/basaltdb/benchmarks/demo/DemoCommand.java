package io.basaltdb.benchmarks.demo;

import io.basaltdb.shell.sql.ErrorText;
import io.basaltdb.storage.error.BasaltException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `basalt demo`: load, ask, and insert while asking. The database stays in its directory.
@Command(
        name = "basalt demo",
        mixinStandardHelpOptions = true,
        description = {
            "Load real flights and TPC-H, run a tour of queries with timings,",
            "then insert and query at once.",
            "Exit codes: 0 done, 1 failed, 2 not understood."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "basalt-demo",
            description = "where the database is kept (default: ${DEFAULT-VALUE})")
    Path data = Path.of("basalt-demo");

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "scale factor of TPC-H; 1 is 8.7 million rows (default: ${DEFAULT-VALUE})")
    double scale = 1;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "how long to insert and query at once (default: ${DEFAULT-VALUE})")
    int seconds = 10;

    @Option(names = "--source", hidden = true, description = "the folder of the flights")
    @Nullable Path source;

    /// The launcher's entry.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DemoCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandSpec command = spec;
        assert command != null : "set by the command line";
        if (!(scale > 0 && scale <= 100) || seconds < 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "--scale must lie in 0 … 100 and --seconds be at least 1");
        }
        PrintWriter out = command.commandLine().getOut();
        try {
            run(out);
            return 0;
        } catch (SQLException failure) {
            command.commandLine().getErr().println(ErrorText.of(failure));
        } catch (BasaltException failure) {
            command.commandLine()
                    .getErr()
                    .println("error " + failure.code().sqlState() + ": " + failure.text());
        } catch (DemoRefusal refusal) {
            command.commandLine().getErr().println("basalt demo: " + refusal.getMessage());
        }
        return FAILED;
    }

    @SuppressWarnings("SystemConsoleNull") // null is still the answer where nobody types
    private static boolean isAtTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private void run(PrintWriter out)
            throws SQLException, IOException, InterruptedException, DemoRefusal {
        Path files = sourceFolder();
        try (DemoDatabase database = DemoDatabase.open(data, scale)) {
            if (database.isLoaded()) {
                out.printf("%s holds the demo's data; it is not loaded again.%n", data);
            } else {
                heading(out, "Load");
                new Load(database, out, isAtTerminal()).run(files, scale);
            }
            heading(out, "Tour");
            new Tour(database.connection(), out).run();
            heading(out, "Insert and query at once, for " + seconds + " seconds");
            new RealTime(database, seconds).run().print(out);
        }
        heading(out, "Your turn");
        out.printf(
                Locale.ROOT,
                "The database is in %s. Open it in the shell:  ./basalt sql %s%n"
                        + "From a program, in it:            jdbc:basalt:file:%s%n"
                        + "Behind a port:                    ./basalt server --data %s%n"
                        + "                                  then jdbc:basalt://127.0.0.1:5455%n",
                data,
                data,
                data.toAbsolutePath(),
                data);
        out.flush();
    }

    private Path sourceFolder() throws DemoRefusal {
        Path folder =
                source != null ? source : Path.of(System.getProperty("basalt.home", "."), "demo");
        if (!Files.isRegularFile(folder.resolve(Load.FLIGHTS))) {
            throw new DemoRefusal(
                    "the flights are missing: there is no file " + folder.resolve(Load.FLIGHTS));
        }
        return folder;
    }

    private static void heading(PrintWriter out, String text) {
        out.printf("%n== %s ==%n%n", text);
        out.flush();
    }
}
