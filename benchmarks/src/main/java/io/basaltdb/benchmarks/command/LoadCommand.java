package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.files.DataFiles;
import io.basaltdb.benchmarks.hits.HitsDataSet;
import io.basaltdb.benchmarks.load.LoadRun;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import io.basaltdb.benchmarks.tpch.TpchDataSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench load`.
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description =
                "the Parquet files of a suite, loaded again and again into new databases; what compilers and collector took beside")
public final class LoadCommand extends BenchCommand {
    @Option(
            names = "--suite",
            defaultValue = "tpch",
            description = "tpch or hits (default: ${DEFAULT-VALUE})")
    private String suite = "tpch";

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "scale factor of tpch (default: ${DEFAULT-VALUE})")
    private double scale;

    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "rows of hits (default: ${DEFAULT-VALUE})")
    private long rows;

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
            defaultValue = "4",
            description =
                    "loads of each engine, by turns: the first is reported, and the median of the others (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--threads",
            defaultValue = "2",
            description = "threads of each engine (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(names = "--data", description = "folder of generated files (default: ~/.cache/basalt)")
    private Path dataFolder = BenchFolders.data();

    @Override
    public Integer call() throws IOException, SQLException {
        PrintWriter out = out();
        List<String> engines = Stream.concat(Stream.of(engine), peers.stream()).distinct().toList();
        for (String name : engines) {
            if (!Engines.QUERY_NAMES.contains(name)) {
                throw Engines.unknown(name, Engines.QUERY_NAMES);
            }
        }
        if (runs < 1) {
            throw new IllegalArgumentException("at least one run, found " + runs);
        }
        DataSet data = data();
        HostLoad.Meter meter = HostLoad.start();
        LoadRun run =
                new LoadRun(
                        data, engines, threads, new DataFiles(dataFolder, threads), workFolder());
        List<LoadRun.Load> loads =
                run.run(
                        runs,
                        line -> {
                            out.println(line);
                            out.flush();
                        });
        SummaryLine summary =
                new SummaryLine("load " + data.name(), data.seed())
                        .add("threads", threads)
                        .add("runs", runs);
        for (String name : engines) {
            summary.add(name + "_first_s", LoadRun.firstSeconds(loads, name), 2);
            if (runs > 1) {
                summary.add(name + "_median_s", LoadRun.medianSeconds(loads, name), 2);
            }
        }
        out.println(summary.add(meter.stop()));
        return 0;
    }

    private DataSet data() {
        return switch (suite) {
            case "tpch" -> TpchDataSet.ofScale(scale);
            case "hits" -> HitsDataSet.ofRows(rows, HitsDataSet.DEFAULT_SEED);
            default ->
                    throw new IllegalArgumentException(
                            "no suite " + suite + "; known are tpch and hits");
        };
    }
}
