package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.bulk.AppenderDoor;
import io.basaltdb.benchmarks.bulk.BulkDoor;
import io.basaltdb.benchmarks.bulk.BulkRun;
import io.basaltdb.benchmarks.bulk.DuckDbDoor;
import io.basaltdb.benchmarks.bulk.JdbcDoor;
import io.basaltdb.benchmarks.engine.Folders;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench bulk`.
@Command(
        name = "bulk",
        mixinStandardHelpOptions = true,
        description =
                "rows of four narrow columns from a program's memory, as many threads as processors")
public final class BulkCommand extends BenchCommand {
    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "rows for the time (default: ${DEFAULT-VALUE})")
    private long rows;

    @Option(
            names = "--warm-up",
            defaultValue = "2000000",
            description = "rows before that (default: ${DEFAULT-VALUE})")
    private long warmUpRows;

    @Option(
            names = "--doors",
            split = ",",
            defaultValue = "jdbc,appender,duckdb",
            description =
                    "jdbc: batches of 100,000 through the driver, in process; appender: arrays into the storage's Appender; duckdb: DuckDB's"
                            + " Appender (default: ${DEFAULT-VALUE})")
    private List<String> doors = List.of();

    @Option(names = "--threads", description = "threads that load (default: as many as processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        PrintWriter out = out();
        SummaryLine summary = new SummaryLine("bulk", 0).add("rows", rows).add("threads", threads);
        HostLoad.Meter meter = HostLoad.start();
        for (String name : doors) {
            Path folder = workFolder().resolve("bulk").resolve(name);
            Folders.makeEmpty(folder);
            try (BulkDoor door = open(name, folder)) {
                BulkRun.Result result = new BulkRun(door, threads).run(warmUpRows, rows);
                out.println(result.line());
                out.flush();
                summary.add(name + "_rows_per_s", result.rowsPerSecond(), 0);
            }
        }
        out.println(summary.add(meter.stop()));
        return 0;
    }

    private BulkDoor open(String name, Path folder) throws IOException, SQLException {
        return switch (name) {
            case "jdbc" -> new JdbcDoor(folder);
            case "appender" -> new AppenderDoor(folder);
            case "duckdb" -> new DuckDbDoor(folder, threads);
            default ->
                    throw new IllegalArgumentException(
                            "no door " + name + "; known are " + String.join(", ", BulkDoor.NAMES));
        };
    }
}
