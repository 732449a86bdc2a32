package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.jmh.GuardRun;
import io.basaltdb.benchmarks.jmh.MeasureMode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `basalt bench jmh`.
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        description = "microbenchmarks, and guards against slower than written by hand")
public final class JmhCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            defaultValue = ".*",
            description = "a regular expression over the names (default: all)")
    private String include = ".*";

    @Option(
            names = "--mode",
            defaultValue = "SHORT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private MeasureMode mode = MeasureMode.SHORT;

    @Override
    public Integer call() throws RunnerException {
        if (spec == null) {
            throw new IllegalStateException("the command was not made by the command line");
        }
        List<GuardRun.Guard> guards = GuardRun.guards(GuardRun.run(include, mode));
        PrintWriter out = spec.commandLine().getOut();
        guards.forEach(guard -> out.println(guard.line()));
        return guards.stream().allMatch(GuardRun.Guard::holds) ? 0 : 1;
    }
}
