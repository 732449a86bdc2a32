package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.small.SmallQuery;
import io.basaltdb.benchmarks.small.SmallQueryRun;
import io.basaltdb.benchmarks.small.SmallResult;
import io.basaltdb.benchmarks.small.SmallTables;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench small`.
@Command(
        name = "small",
        mixinStandardHelpOptions = true,
        description = "how long queries take that read nothing, one row, or an hour of many rows")
public final class SmallCommand extends BenchCommand {
    @Option(
            names = "--rows",
            defaultValue = "20000000",
            description = "rows of each table (default: ${DEFAULT-VALUE})")
    private long rows;

    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1,16",
            description = "clients that call at once (default: ${DEFAULT-VALUE})")
    private List<Integer> clients = List.of();

    @Option(
            names = "--seconds",
            defaultValue = "6",
            description = "how long each query runs (default: ${DEFAULT-VALUE})")
    private double seconds;

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
        SmallTables tables = new SmallTables(rows);
        SummaryLine summary = new SummaryLine("small", 0).add("rows", rows);
        List<Engine> engines = new ArrayList<>();
        try {
            for (String name : peer == null ? List.of(engine) : List.of(engine, peer)) {
                Engine opened = Engines.open(name, workFolder().resolve("small"), threads);
                engines.add(opened);
                tables.create(opened);
            }
            HostLoad.Meter meter = HostLoad.start();
            for (SmallQuery query : SmallQuery.values()) {
                for (int count : clients) {
                    for (Engine target : engines) {
                        SmallResult result =
                                new SmallQueryRun(target, tables, query, count, seconds).run();
                        out.println(result.line());
                        out.flush();
                        summary.add(
                                target.name() + "_" + query.label() + "_" + count + "_p50_ms",
                                result.p50Millis(),
                                3);
                    }
                }
            }
            out.println(summary.add(meter.stop()));
        } finally {
            for (Engine opened : engines) {
                opened.close();
            }
        }
        return 0;
    }
}
