package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import io.basaltdb.benchmarks.sustained.PacedInsert;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench sustained`.
@Command(
        name = "sustained",
        mixinStandardHelpOptions = true,
        description =
                "inserts at a steady rate: how long calls take, how many parts there are, how often a row is written")
public final class SustainedCommand extends BenchCommand {
    @Option(
            names = "--rate",
            defaultValue = "200000",
            description = "rows per second; 0: as fast as it goes (default: ${DEFAULT-VALUE})")
    private long rate;

    @Option(
            names = "--batch",
            defaultValue = "1000",
            description = "rows per call (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--seconds",
            defaultValue = "600",
            description = "how long it runs (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description =
                    "seconds at the beginning whose calls are left out of p50_ms and p99_ms (default: ${DEFAULT-VALUE})")
    private double warmUpSeconds;

    @Option(names = "--rows", description = "ends it after so many rows")
    private long rows = Long.MAX_VALUE;

    @Option(
            names = "--sessions",
            defaultValue = "2",
            description = "that insert (default: ${DEFAULT-VALUE})")
    private int sessions;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        PrintWriter out = out();
        HostLoad.Meter meter = HostLoad.start();
        int processors = Runtime.getRuntime().availableProcessors();
        try (Engine engine =
                Engines.open("basalt", workFolder().resolve("sustained"), processors)) {
            PacedInsert.Outcome outcome =
                    new PacedInsert(engine, rate, batch, rows)
                            .run(sessions, warmUpSeconds, seconds);
            out.println(outcome.calls().line());
            out.println(
                    new SummaryLine("sustained", 0)
                            .add("rate", rate)
                            .add("batch", batch)
                            .add("sessions", sessions)
                            .add("rows", outcome.calls().rows())
                            .add("seconds", outcome.calls().seconds(), 1)
                            .add("rows/s", outcome.calls().rowsPerSecond(), 0)
                            .add("ns/row", outcome.calls().cpuNanosPerRow(), 0)
                            .add("p50_ms", outcome.warm().p50Millis(), 2)
                            .add("p99_ms", outcome.warm().p99Millis(), 2)
                            .add("p99_with_warm_up_ms", outcome.calls().p99Millis(), 2)
                            .add("warm_up", warmUpSeconds, 0)
                            .add("write_amplification", outcome.writeAmplification(), 2)
                            .add("most_parts", outcome.mostParts())
                            .add("parts", outcome.parts())
                            .add("most_log_mib", outcome.mostLogBytes() >> 20)
                            .add(meter.stop()));
        }
        return 0;
    }
}
