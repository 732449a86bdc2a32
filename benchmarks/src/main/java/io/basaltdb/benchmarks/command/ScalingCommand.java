package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.scaling.Axis;
import io.basaltdb.benchmarks.scaling.Curve;
import io.basaltdb.benchmarks.scaling.CurveChart;
import io.basaltdb.benchmarks.scaling.CurveFile;
import io.basaltdb.benchmarks.scaling.ScalingRun;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench scaling`.
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = "how times grow with rows, parts and columns; as curves")
public final class ScalingCommand extends BenchCommand {
    @Option(
            names = "--axis",
            split = ",",
            defaultValue = "ROWS,PARTS,COLUMNS",
            description = "what grows: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private List<Axis> axes = List.of();

    @Option(
            names = "--most",
            description = "leaves out what is larger: rows, parts or columns (default: nothing)")
    private long most = Long.MAX_VALUE;

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "runs that count; the median is reported (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--vs", description = "the engine to compare with, for example duckdb")
    private @Nullable String peer;

    @Option(
            names = "--threads",
            description = "threads of each engine (default: as many as processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", description = "folder of results (default: target/bench/results)")
    private Path resultFolder = BenchFolders.results();

    @Override
    public Integer call() throws IOException, SQLException {
        List<String> engines = new ArrayList<>(List.of("basalt"));
        if (peer != null) {
            engines.add(peer);
        }
        Files.createDirectories(resultFolder);
        for (Axis axis : axes) {
            HostLoad.Meter meter = HostLoad.start();
            List<Long> sizes = axis.sizes().stream().filter(size -> size <= most).toList();
            if (sizes.isEmpty()) {
                throw new IllegalArgumentException(
                        "--most "
                                + most
                                + " leaves nothing of "
                                + axis.label()
                                + ", which begin with "
                                + axis.sizes().getFirst());
            }
            List<Curve> curves =
                    new ScalingRun(axis, engines, runs, threads, workFolder().resolve("scaling"))
                            .run(sizes);
            Curve.table(axis.label(), curves).forEach(out()::println);
            CurveFile.write(
                    resultFolder.resolve("scaling-" + axis.label() + ".csv"), axis.label(), curves);
            Files.writeString(
                    resultFolder.resolve("scaling-" + axis.label() + ".svg"),
                    CurveChart.svg("Milliseconds, " + threads + " threads", axis.label(), curves));
            out().println(
                            new SummaryLine("scaling-" + axis.label(), 0)
                                    .add("engines", String.join(",", engines))
                                    .add("threads", threads)
                                    .add("runs", runs)
                                    .add(meter.stop()));
            out().flush();
        }
        out().println("curves in " + resultFolder);
        return 0;
    }
}
