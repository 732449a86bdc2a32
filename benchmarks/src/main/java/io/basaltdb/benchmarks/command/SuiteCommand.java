package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.suite.Baseline;
import io.basaltdb.benchmarks.suite.Report;
import io.basaltdb.benchmarks.suite.ResultFiles;
import io.basaltdb.benchmarks.suite.Suite;
import io.basaltdb.benchmarks.suite.SuiteOptions;
import io.basaltdb.benchmarks.suite.SuiteRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `tpch`, `tpcds` and `hits` have in common.
abstract class SuiteCommand extends BenchCommand {

    @Option(
            names = "--engine",
            defaultValue = "basalt",
            description =
                    "the engine to measure: basalt, duckdb or clickhouse (default: ${DEFAULT-VALUE})")
    private String engine = "basalt";

    @Option(
            names = "--vs",
            split = ",",
            description = "the engines to compare with, for example duckdb,clickhouse")
    private List<String> peers = List.of();

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "runs that count; the median is reported (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--warmup",
            defaultValue = "2",
            description = "runs before those (default: ${DEFAULT-VALUE})")
    private int warmups;

    @Option(names = "--query", split = ",", description = "only these queries, for example q01,q06")
    private List<String> queries = List.of();

    @Option(
            names = "--threads",
            defaultValue = "2",
            description = "threads of each engine (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--baseline",
            description =
                    "a CSV file of an earlier run: queries that fell behind the first peer since then are listed")
    private @Nullable Path baseline;

    @Option(names = "--profile", description = "keep EXPLAIN ANALYZE of each query in a file")
    private boolean profile;

    @Option(
            names = "--flame",
            description = "keep a flame graph of each query in a file, for Basalt alone")
    private boolean flame;

    @Option(names = "--data", description = "folder of generated files (default: ~/.cache/basalt)")
    private Path dataFolder = BenchFolders.data();

    @Option(names = "--out", description = "folder of results (default: target/bench/results)")
    private Path resultFolder = BenchFolders.results();

    /// Tables and queries to run.
    abstract Suite suite();

    @Override
    public Integer call() throws IOException, SQLException {
        PrintWriter out = out();
        for (String name : engines()) {
            if (!Engines.QUERY_NAMES.contains(name)) {
                throw Engines.unknown(name, Engines.QUERY_NAMES);
            }
        }
        if (baseline != null && peers.isEmpty()) {
            throw new IllegalArgumentException(
                    "a baseline is compared by ratios to a peer; add --vs, for example --vs duckdb");
        }
        Suite suite = suite().only(queries);
        SuiteOptions options =
                new SuiteOptions(
                        engines(),
                        warmups,
                        runs,
                        threads,
                        profile,
                        flame,
                        dataFolder,
                        workFolder(),
                        resultFolder);
        SuiteRun.Outcome outcome = new SuiteRun(suite, options, out::println).run();
        Report.summary(suite, options, outcome).forEach(out::println);
        if (baseline != null) {
            Baseline.read(baseline).slower(outcome, engine, peers.getFirst()).forEach(out::println);
        }
        out.println("results in " + ResultFiles.write(suite, options, outcome));
        boolean right =
                outcome.differences().isEmpty()
                        && outcome.queries().stream().allMatch(r -> r.failure().isEmpty());
        return right ? 0 : 1;
    }

    private List<String> engines() {
        return Stream.concat(Stream.of(engine), peers.stream()).distinct().toList();
    }
}
