package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.insert.BareCommit;
import io.basaltdb.benchmarks.insert.ForceTime;
import io.basaltdb.benchmarks.insert.InsertResult;
import io.basaltdb.benchmarks.insert.InsertRun;
import io.basaltdb.benchmarks.insert.InsertShape;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
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
            names = "--bare",
            description =
                    "before each shape of single rows, also measure group commit without a database: what the machine gives")
    private boolean bare;

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
        double forceMicros = ForceTime.micros(workFolder());
        out.println(String.format(Locale.ROOT, "fdatasync p50 %.0f µs", forceMicros));
        SummaryLine summary = new SummaryLine("insert", 0);
        summary.add("fdatasync_us", forceMicros, 0).add("virtual", virtualThreads ? 1 : 0);
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
                BareCommit.@Nullable Result least =
                        bare && shape.rowsPerCall() == 1
                                ? bare(shape.clients(), warmUp, out)
                                : null;
                for (Engine target : engines) {
                    InsertResult result =
                            new InsertRun(target, shape, virtualThreads, warmUp, seconds, number)
                                    .run();
                    out.println(result.line());
                    String key =
                            result.engine() + "_" + shape.clients() + "x" + shape.rowsPerCall();
                    summary.add(key + "_rows_s", result.rowsPerSecond(), 0)
                            .add(key + "_cpu_us", result.cpuMicrosPerRow(), 1);
                    if (least != null) {
                        out.println(shares(result, least));
                        summary.add(key + "_bare_s", least.commitsPerSecond(), 0)
                                .add(key + "_bare_cpu_us", least.cpuMicrosPerCommit(), 1)
                                .add(
                                        key + "_of_bare",
                                        result.rowsPerSecond() / least.commitsPerSecond(),
                                        2);
                    }
                    out.flush();
                }
            }
        } finally {
            for (Engine opened : engines) {
                opened.close();
            }
        }
        out.println(summary.add(meter.stop()));
        return 0;
    }

    private BareCommit.Result bare(int clientCount, double warmUp, PrintWriter out)
            throws IOException, InterruptedException {
        BareCommit.Result result =
                BareCommit.run(
                        workFolder().resolve("bare"), clientCount, virtualThreads, warmUp, seconds);
        out.println(
                String.format(
                        Locale.ROOT,
                        "bare    clients %3d  %27s %12.0f commits/s  %.1f for each force  cpu %.1f µs/commit",
                        clientCount,
                        "",
                        result.commitsPerSecond(),
                        result.commitsPerForce(),
                        result.cpuMicrosPerCommit()));
        return result;
    }

    private static String shares(InsertResult result, BareCommit.Result bare) {
        return String.format(
                Locale.ROOT,
                "%-7s clients %3d  %.2f of the bare commits per second, %.2f times their CPU time",
                result.engine(),
                result.shape().clients(),
                result.rowsPerSecond() / bare.commitsPerSecond(),
                result.cpuMicrosPerRow() / bare.cpuMicrosPerCommit());
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
