package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.suite.CallResult;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import io.basaltdb.benchmarks.upsert.KeyDraw;
import io.basaltdb.benchmarks.upsert.KeyedTable;
import io.basaltdb.benchmarks.upsert.OneKeyRun;
import io.basaltdb.benchmarks.upsert.UpsertRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench upsert`.
@Command(
        name = "upsert",
        mixinStandardHelpOptions = true,
        description =
                "rows of a keyed table replaced by their keys, in batches, and one row from many sessions")
public final class UpsertCommand extends BenchCommand {
    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "rows of the table (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(
            names = "--batch",
            defaultValue = "1000",
            description = "rows per call (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "how long each shape runs (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue = "uniform,skewed,computed",
            description =
                    "uniform: any key, every column new; skewed: half of the keys out of three in a hundred; computed: any key, one column"
                            + " computed from the old row (default: ${DEFAULT-VALUE})")
    private List<String> shapes = List.of();

    @Option(
            names = "--sessions",
            defaultValue = "64",
            description =
                    "sessions that upsert one row; 0 leaves that out (default: ${DEFAULT-VALUE})")
    private int sessions;

    @Option(names = "--seed", defaultValue = "1", description = "of the keys")
    private long seed;

    @Option(
            names = "--engine",
            defaultValue = "basalt",
            description = "the engine to measure: basalt or duckdb (default: ${DEFAULT-VALUE})")
    private String engine = "basalt";

    @Option(names = "--vs", description = "the engine to compare with, for example duckdb")
    private @Nullable String peer;

    @Option(names = "--threads", defaultValue = "2", description = "threads of each engine")
    private int threads;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        PrintWriter out = out();
        SummaryLine summary =
                new SummaryLine("upsert", seed)
                        .add("rows", rows)
                        .add("batch", batch)
                        .add("seconds", seconds, 0);
        HostLoad.Meter meter = HostLoad.start();
        for (String name : peer == null ? List.of(engine) : List.of(engine, peer)) {
            try (Engine target = Engines.open(name, workFolder().resolve("upsert"), threads)) {
                measure(target, out, summary);
            }
        }
        out.println(summary.add(meter.stop()));
        return 0;
    }

    private void measure(Engine target, PrintWriter out, SummaryLine summary)
            throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        KeyedTable table = KeyedTable.load(target, "items", rows, true);
        out.println(
                String.format(
                        Locale.ROOT,
                        "%-7s loaded %d rows in %.1f s",
                        target.name(),
                        rows,
                        (System.nanoTime() - begun) / 1e9));
        long version = 1;
        for (String shape : shapes) {
            UpsertRun run =
                    new UpsertRun(
                            table,
                            shape.equals("skewed") ? KeyDraw.Spread.SKEWED : KeyDraw.Spread.UNIFORM,
                            !shape.equals("computed"),
                            batch,
                            seed,
                            version);
            CallResult result = run.run(seconds);
            version = run.nextVersion();
            tell(result, target.name() + "_" + shape, out, summary);
        }
        if (sessions > 0) {
            OneKeyRun run = new OneKeyRun(target, sessions);
            tell(run.run(seconds), target.name() + "_one_key", out, summary);
            summary.add(target.name() + "_one_key_conflicts", run.conflicts());
        }
    }

    private static void tell(CallResult result, String name, PrintWriter out, SummaryLine summary) {
        out.println(result.line());
        out.flush();
        summary.add(name + "_rows/s", result.rowsPerSecond(), 0)
                .add(name + "_ns/row", result.cpuNanosPerRow(), 0)
                .add(name + "_p99_ms", result.p99Millis(), 2);
    }
}
