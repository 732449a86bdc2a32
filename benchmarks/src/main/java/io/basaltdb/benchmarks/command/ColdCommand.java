package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.cold.ColdStart;
import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.EmbeddingClassPath;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.engine.QueryEngine;
import io.basaltdb.benchmarks.files.DataFiles;
import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.benchmarks.suite.SummaryLine;
import io.basaltdb.benchmarks.tpch.TpchDataSet;
import io.basaltdb.benchmarks.tpch.TpchQueries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `basalt bench cold`.
@Command(
        name = "cold",
        mixinStandardHelpOptions = true,
        description =
                "new processes, from their start to the answer: the shell, and a program that embeds the engine")
public final class ColdCommand extends BenchCommand {
    private static final String ONE = "SELECT 1";

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "of each process; the median counts (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "scale factor of TPC-H (default: ${DEFAULT-VALUE})")
    private double scale;

    @Option(
            names = "--vs",
            description = "the engine to compare with, where a program embeds it: duckdb")
    private @Nullable String peer;

    @Option(names = "--data", description = "folder of generated files (default: ~/.cache/basalt)")
    private Path dataFolder = BenchFolders.data();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (peer != null && !peer.equals("duckdb")) {
            throw Engines.unknown(peer, List.of("duckdb"));
        }
        PrintWriter out = out();
        Path databases = workFolder().resolve("cold");
        load("basalt", databases);
        Path database = databases.resolve("basalt");
        SummaryLine summary = new SummaryLine("cold", 0).add("scale", scale, 2).add("runs", runs);
        HostLoad.Meter meter = HostLoad.start();
        Path home = BenchFolders.home();
        String q05 = query("q05");
        String q06 = query("q06");
        ColdStart one = ColdStart.shell("shell_one", home, 500, List.of("sql", "-c", ONE));
        summary.add("shell_one_ms", tell(one).endMillis(), 0);
        ColdStart five =
                ColdStart.shell(
                        "shell_q05", home, 2_500, List.of("sql", "-c", q05, database.toString()));
        summary.add("shell_q05_ms", tell(five).endMillis(), 0);
        String url = "jdbc:basalt:file:" + database;
        program("basalt", "jdbc:basalt:mem:", url, q05, q06, summary);
        if (peer != null) {
            load(peer, databases);
            String file = "jdbc:duckdb:" + databases.resolve("duckdb/database.duckdb");
            program(peer, "jdbc:duckdb:", file, q05, q06, summary);
        }
        out.println(summary.add(meter.stop()));
        return 0;
    }

    private void program(
            String engine, String memory, String url, String q05, String q06, SummaryLine summary)
            throws IOException, InterruptedException {
        boolean ours = engine.equals("basalt");
        String classPath =
                ours ? EmbeddingClassPath.ofBasalt() : System.getProperty("java.class.path");
        List<ColdStart> starts =
                List.of(
                        ColdStart.program(
                                engine + "_one", classPath, memory, ONE, ours ? 1_000 : Double.NaN),
                        ColdStart.program(
                                engine + "_q06", classPath, url, q06, ours ? 1_800 : Double.NaN),
                        ColdStart.program(
                                engine + "_q05", classPath, url, q05, ours ? 2_500 : Double.NaN));
        for (ColdStart start : starts) {
            summary.add(start.name() + "_ms", tell(start).answerMillis(), 0);
        }
    }

    private ColdStart.Times tell(ColdStart start) throws IOException, InterruptedException {
        ColdStart.Times times = start.run(runs);
        out().println(start.line(times));
        out().flush();
        return times;
    }

    private static String query(String name) {
        return TpchQueries.all().stream()
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow()
                .sql();
    }

    private void load(String engine, Path databases) throws IOException, SQLException {
        int processors = Runtime.getRuntime().availableProcessors();
        DataSet data = TpchDataSet.ofScale(scale);
        DataFiles.Location files = new DataFiles(dataFolder, processors).ensure(data);
        try (QueryEngine opened = Engines.openForQueries(engine, databases, processors)) {
            for (TableSource table : data.tables()) {
                opened.create(table.definition());
                opened.load(table.definition(), files);
            }
            opened.settle();
        }
    }
}
