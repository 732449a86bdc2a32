package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import io.basaltdb.benchmarks.sustained.OpenRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench open`.
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description =
                "opening a database in a new JVM: one of many parts, and one whose program was gone at once")
public final class OpenCommand extends BenchCommand {
    /// JVMs of which the one in the middle counts.
    private static final int RUNS = 5;

    @Option(
            names = "--parts",
            defaultValue = "20000",
            description = "parts of a wide table; 0 leaves it out (default: ${DEFAULT-VALUE})")
    private int parts;

    @Option(
            names = "--columns",
            defaultValue = "100",
            description = "columns of that table (default: ${DEFAULT-VALUE})")
    private int columns;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description =
                    "how long a JVM inserts before it is gone; 0 leaves it out (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--log",
            defaultValue = "512",
            description =
                    "MiB of log after which it is gone earlier; a database keeps less (default: ${DEFAULT-VALUE})")
    private long logMib;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        PrintWriter out = out();
        SummaryLine summary = new SummaryLine("open", 0);
        HostLoad.Meter meter = HostLoad.start();
        if (parts > 0) {
            openParts(out, summary);
        }
        if (seconds > 0) {
            openAfterHalt(out, summary);
        }
        out.println(summary.add(meter.stop()));
        return 0;
    }

    private void openParts(PrintWriter out, SummaryLine summary)
            throws IOException, SQLException, InterruptedException {
        Path folder = workFolder().resolve("open");
        int processors = Runtime.getRuntime().availableProcessors();
        long begun = System.nanoTime();
        long made;
        try (Engine engine = Engines.open("basalt", folder, processors)) {
            made = OpenRun.createParts(engine.connection(), parts, columns);
        }
        out.println(
                String.format(
                        Locale.ROOT,
                        "%d parts of %d columns written in %.1f s",
                        made,
                        columns,
                        (System.nanoTime() - begun) / 1e9));
        summary.add("parts", made);
        // The first JVM reads the program and the manifest from disk where the system has let go of
        // them; later ones do not.
        tell("parts_first", folder.resolve("basalt"), "wide", out, summary);
        tell("parts", median(folder.resolve("basalt"), "wide"), out, summary);
    }

    private static OpenRun.Opened median(Path database, String table)
            throws IOException, InterruptedException {
        List<OpenRun.Opened> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(OpenRun.open(database, table));
        }
        runs.sort(Comparator.comparingDouble(OpenRun.Opened::openMillis));
        return runs.get(RUNS / 2);
    }

    private void openAfterHalt(PrintWriter out, SummaryLine summary)
            throws IOException, SQLException, InterruptedException {
        Path folder = workFolder().resolve("halt");
        int processors = Runtime.getRuntime().availableProcessors();
        Engines.open("basalt", folder, processors).close(); // an empty folder
        Path database = folder.resolve("basalt");
        long rows = OpenRun.insertAndHalt(database, seconds, logMib << 20);
        long log = logBytes(database);
        out.println(
                String.format(
                        Locale.ROOT,
                        "%d rows inserted, then gone; %.0f MiB of log are there",
                        rows,
                        log / 1024.0 / 1024));
        summary.add("log_mib", log >> 20);
        OpenRun.Opened opened = tell("halt", database, "readings", out, summary);
        double allowedMillis = 1_000 + 4_000 * (log / (double) (1 << 30));
        out.println(
                String.format(
                        Locale.ROOT,
                        "%.2f of the time that 1 s and 4 s per GiB of log are",
                        opened.openMillis() / allowedMillis));
        summary.add("halt_share", opened.openMillis() / allowedMillis, 2);
        if (opened.rowCount() != rows) {
            throw new IllegalStateException(
                    "the database holds " + opened.rowCount() + " rows, expected " + rows);
        }
    }

    private static long logBytes(Path database) throws IOException {
        try (Stream<Path> files = Files.list(database.resolve("log"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static OpenRun.Opened tell(
            String name, Path database, String table, PrintWriter out, SummaryLine summary)
            throws IOException, InterruptedException {
        OpenRun.Opened opened = OpenRun.open(database, table);
        tell(name, opened, out, summary);
        return opened;
    }

    private static void tell(
            String name, OpenRun.Opened opened, PrintWriter out, SummaryLine summary) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "open after %.0f ms, first answer after %.0f ms, heap %.0f MiB",
                        opened.openMillis(),
                        opened.queryMillis(),
                        opened.heapBytes() / 1024.0 / 1024));
        out.flush();
        summary.add(name + "_open_ms", opened.openMillis(), 0)
                .add(name + "_answer_ms", opened.queryMillis(), 0)
                .add(name + "_heap_mib", opened.heapBytes() >> 20);
    }
}
