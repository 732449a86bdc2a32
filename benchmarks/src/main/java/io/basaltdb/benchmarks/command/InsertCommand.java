package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.insert.ForceTime;
import io.basaltdb.benchmarks.insert.InsertResult;
import io.basaltdb.benchmarks.insert.InsertRun;
import io.basaltdb.benchmarks.insert.InsertShape;
import io.basaltdb.benchmarks.suite.HostLoad;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench insert`.
@Command(
        name = "insert",
        mixinStandardHelpOptions = true,
        description = "durable inserts over JDBC: single rows from many clients, batches from one")
public final class InsertCommand extends BenchCommand {
    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1,16,64",
            description = "clients that insert single rows (default: ${DEFAULT-VALUE})")
    private List<Integer> clients = List.of();

    @Option(
            names = "--batch",
            split = ",",
            defaultValue = "1,1000,100000",
            description = "rows per call of one client (default: ${DEFAULT-VALUE})")
    private List<Integer> batches = List.of();

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "how long each shape runs (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warm-up",
            description =
                    "seconds of the same work before that (default: as many, but not more than 5)")
    private @Nullable Double warmUpSeconds;

    @Option(
            names = "--virtual",
            description = "clients are virtual threads: to wait takes no switch of the system's")
    private boolean virtualThreads;

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
        out.println(
                String.format(
                        Locale.ROOT, "fdatasync p50 %.0f µs", ForceTime.micros(workFolder())));
        HostLoad.Meter meter = HostLoad.start();
        List<Engine> engines = new ArrayList<>();
        try {
            for (String name : peer == null ? List.of(engine) : List.of(engine, peer)) {
                engines.add(Engines.open(name, workFolder().resolve("insert"), threads));
            }
            int number = 0;
            double warmUp = warmUpSeconds == null ? Math.min(seconds, 5) : warmUpSeconds;
            for (InsertShape shape : shapes()) {
                number++;
                for (Engine target : engines) {
                    InsertResult result =
                            new InsertRun(target, shape, virtualThreads, warmUp, seconds, number)
                                    .run();
                    out.println(result.line());
                    out.flush();
                }
            }
        } finally {
            for (Engine opened : engines) {
                opened.close();
            }
        }
        HostLoad host = meter.stop();
        out.println(
                String.format(
                        Locale.ROOT,
                        "load=%.2f..%.2f cpu/wall=%.2f",
                        host.loadBefore(),
                        host.loadAfter(),
                        host.cpuPerWall()));
        return 0;
    }

    private List<InsertShape> shapes() {
        List<InsertShape> shapes = new ArrayList<>();
        for (int count : clients) {
            shapes.add(new InsertShape(count, 1));
        }
        for (int rows : batches) {
            InsertShape shape = new InsertShape(1, rows);
            if (!shapes.contains(shape)) {
                shapes.add(shape);
            }
        }
        return shapes;
    }
}
