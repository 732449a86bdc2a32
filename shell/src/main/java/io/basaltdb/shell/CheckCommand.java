package io.basaltdb.shell;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.LocalDisk;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `basalt check DIR`: reads every byte of a database that nobody has open and says what is wrong with it.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Read every byte of a database directory and verify checksums, order, zone maps and the log.",
            "Exit codes: 0 nothing is wrong, 1 something is, 2 not understood."
        })
final class CheckCommand implements Callable<Integer> {
    /// The file that every database directory has.
    private static final String LOCK = "LOCK";

    @Spec @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "the directory of the database")
    @Nullable Path directory;

    @Override
    public Integer call() {
        CommandSpec command = spec;
        Path chosen = directory;
        assert command != null && chosen != null : "set by the command line";
        PrintWriter out = command.commandLine().getOut();
        if (!Files.isRegularFile(chosen.resolve(LOCK))) {
            command.commandLine()
                    .getErr()
                    .println(
                            "error 58030: "
                                    + chosen
                                    + (Files.isDirectory(chosen)
                                            ? " is a directory, but no database"
                                            : " is not there"));
            return 1;
        }
        List<String> problems;
        try {
            problems = DatabaseCheck.problems(new LocalDisk(chosen));
        } catch (BasaltException failure) {
            command.commandLine()
                    .getErr()
                    .println("error " + failure.code().sqlState() + ": " + failure.text());
            return 1;
        }
        problems.forEach(out::println);
        out.println(
                problems.isEmpty()
                        ? "nothing is wrong with " + chosen
                        : problems.size() + " problems in " + chosen);
        out.flush();
        return problems.isEmpty() ? 0 : 1;
    }
}
