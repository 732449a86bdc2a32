package io.basaltdb.benchmarks.load;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.engine.QueryEngine;
import io.basaltdb.benchmarks.files.DataFiles;
import io.basaltdb.benchmarks.suite.LoadResult;
import io.basaltdb.benchmarks.suite.Median;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/// Loads one data set again and again, each time into a new database, by turns of the engines.
public final class LoadRun {
    private final DataSet data;
    private final List<String> engines;
    private final int threads;
    private final DataFiles files;
    private final Path workFolder;

    /// @param threads of each engine
    /// @param workFolder where databases are made
    public LoadRun(
            DataSet data, List<String> engines, int threads, DataFiles files, Path workFolder) {
        this.data = data;
        this.engines = List.copyOf(engines);
        this.threads = threads;
        this.files = files;
        this.workFolder = workFolder;
    }

    /// One load.
    ///
    /// @param during processor time until the rows were durable
    /// @param after processor time from then on until the engine did nothing more
    public record Load(LoadResult result, CpuTimes during, CpuTimes after) {
        /// The load for people.
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%s: %d rows in %.2f s, %.0f rows/s, %.1f MB; processors %.2f s (%.2f of the wall time): compilers %.2f, collector"
                            + " %.2f, others %.2f; after it others %.2f",
                    result.engine(),
                    result.rows(),
                    result.seconds(),
                    result.rowsPerSecond(),
                    result.sizeBytes() / 1e6,
                    during.total(),
                    during.total() / result.seconds(),
                    during.compilers(),
                    during.collector(),
                    during.others(),
                    after.others());
        }
    }

    /// Loads of each engine in turn; the first ones find a JVM that has compiled nothing of it.
    ///
    /// @param progress is told of each load
    public List<Load> run(int runs, Consumer<String> progress) throws IOException, SQLException {
        DataFiles.Location location = files.ensure(data);
        List<Load> loads = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            for (String engine : engines) {
                Load load = load(engine, location);
                progress.accept("run " + run + " " + load.line());
                loads.add(load);
            }
        }
        return loads;
    }

    /// The middle of the seconds that an engine took in all runs but the first; not a number where there was one run.
    public static double medianSeconds(List<Load> loads, String engine) {
        return Median.of(
                loads.stream()
                        .filter(load -> load.result().engine().equals(engine))
                        .skip(1)
                        .map(load -> load.result().seconds())
                        .toList());
    }

    /// The seconds that an engine took in the first run.
    public static double firstSeconds(List<Load> loads, String engine) {
        return loads.stream()
                .filter(load -> load.result().engine().equals(engine))
                .findFirst()
                .orElseThrow()
                .result()
                .seconds();
    }

    private Load load(String name, DataFiles.Location location) throws IOException, SQLException {
        try (QueryEngine engine =
                Engines.openForQueries(name, workFolder.resolve(data.name() + "-load"), threads)) {
            for (TableSource table : data.tables()) {
                engine.create(table.definition());
            }
            CpuTimes before = CpuTimes.now();
            long start = System.nanoTime();
            for (TableSource table : data.tables()) {
                engine.load(table.definition(), location);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            CpuTimes loaded = CpuTimes.now();
            long rows = 0;
            for (TableSource table : data.tables()) {
                rows += count(engine, table.definition().name());
            }
            LoadResult result = new LoadResult(name, seconds, rows, engine.sizeBytes());
            engine.settle();
            return new Load(result, loaded.since(before), CpuTimes.now().since(loaded));
        }
    }

    private static long count(QueryEngine engine, String table) throws SQLException {
        Object count =
                engine.read("SELECT COUNT(*) FROM " + table, row -> true).rows().getFirst().cell(0);
        return ((Number) Objects.requireNonNull(count)).longValue();
    }
}
