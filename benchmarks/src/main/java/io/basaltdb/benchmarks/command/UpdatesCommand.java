package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import io.basaltdb.benchmarks.sustained.ScanAfterUpdates;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench updates`.
@Command(
        name = "updates",
        mixinStandardHelpOptions = true,
        description =
                "a scan of a keyed table right after a tenth of its rows were updated, and after the merges")
public final class UpdatesCommand extends BenchCommand {
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

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        PrintWriter out = out();
        HostLoad.Meter meter = HostLoad.start();
        int processors = Runtime.getRuntime().availableProcessors();
        try (Engine engine = Engines.open("basalt", workFolder().resolve("updates"), processors)) {
            ScanAfterUpdates.Outcome outcome = new ScanAfterUpdates(engine, rows, runs).run();
            print(out, "as loaded", outcome.loaded());
            print(out, "updated", outcome.updated());
            print(out, "settled", outcome.settled());
            out.println(
                    new SummaryLine("updates", 0)
                            .add("rows", rows)
                            .add("runs", runs)
                            .add("unkeyed_ms", outcome.settled().unkeyedMillis(), 1)
                            .add("keyed_ratio", outcome.loaded().ratio(), 2)
                            .add("updated_ratio", outcome.updated().ratio(), 2)
                            .add("settled_ratio", outcome.settled().ratio(), 2)
                            .add("update_ms", outcome.updateMillis(), 0)
                            .add("settle_seconds", outcome.settleSeconds(), 1)
                            .add(meter.stop()));
        }
        return 0;
    }

    private static void print(PrintWriter out, String state, ScanAfterUpdates.Scans scans) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "%-9s  unkeyed %.1f ms  keyed %.1f ms  ratio %.2f",
                        state,
                        scans.unkeyedMillis(),
                        scans.keyedMillis(),
                        scans.ratio()));
    }
}
