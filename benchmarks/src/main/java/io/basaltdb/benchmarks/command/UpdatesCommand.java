package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import io.basaltdb.benchmarks.sustained.ScanAfterUpdates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `basalt bench updates`.
@Command(
        name = "updates",
        mixinStandardHelpOptions = true,
        description =
                "a scan of a keyed table right after a tenth of its rows were updated, and after the merges")
public final class UpdatesCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--rows",
            defaultValue = "6000000",
            description = "rows of each table (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(
            names = "--runs",
            defaultValue = "9",
            description = "of each scan; the median counts (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--work", description = "folder of databases (default: target/bench/work)")
    private Path workFolder = BenchFolders.work();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("the command was not made by the command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        HostLoad.Meter meter = HostLoad.start();
        int processors = Runtime.getRuntime().availableProcessors();
        try (Engine engine = Engines.open("basalt", workFolder.resolve("updates"), processors)) {
            ScanAfterUpdates.Outcome outcome = new ScanAfterUpdates(engine, rows, runs).run();
            out.println(
                    String.format(
                            Locale.ROOT,
                            "unkeyed %.1f ms  keyed %.1f ms  updated %.1f ms (the update itself %.0f ms)  settled %.1f ms (after %.1f s)",
                            outcome.unkeyedMillis(),
                            outcome.loadedMillis(),
                            outcome.updatedMillis(),
                            outcome.updateMillis(),
                            outcome.settledMillis(),
                            outcome.settleSeconds()));
            out.println(
                    new SummaryLine("updates", 0)
                            .add("rows", rows)
                            .add("runs", runs)
                            .add("unkeyed_ms", outcome.unkeyedMillis(), 1)
                            .add("keyed_ratio", ratio(outcome.loadedMillis(), outcome), 2)
                            .add("updated_ratio", ratio(outcome.updatedMillis(), outcome), 2)
                            .add("settled_ratio", ratio(outcome.settledMillis(), outcome), 2)
                            .add("settle_seconds", outcome.settleSeconds(), 1)
                            .add(meter.stop()));
        }
        return 0;
    }

    private static double ratio(double millis, ScanAfterUpdates.Outcome outcome) {
        return millis / outcome.unkeyedMillis();
    }
}
