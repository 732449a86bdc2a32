package io.basaltdb.benchmarks.suite;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerCheck;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.engine.QueryEngine;
import io.basaltdb.benchmarks.files.DataFiles;
import io.basaltdb.benchmarks.flame.FlameGraph;
import io.basaltdb.benchmarks.flame.FlameRecording;
import io.basaltdb.benchmarks.flame.StackTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs a suite: files, load, queries in turn on each engine, comparison of the answers.
public final class SuiteRun {
    private static final long FLAME_NANOS = 3_000_000_000L;

    private final Suite suite;
    private final SuiteOptions options;
    private final Consumer<String> progress;

    public SuiteRun(Suite suite, SuiteOptions options, Consumer<String> progress) {
        this.suite = suite;
        this.options = options;
        this.progress = progress;
    }

    /// Everything that was measured.
    ///
    /// @param differences answers that do not agree, one line each
    public record Outcome(
            List<LoadResult> loads,
            List<QueryResult> queries,
            List<String> differences,
            HostLoad host) {
        public Outcome {
            loads = List.copyOf(loads);
            queries = List.copyOf(queries);
            differences = List.copyOf(differences);
        }
    }

    /// Runs all of it: each engine loads and, before anything is measured, ends what it does of its own accord. The engines are closed at the end, their databases stay.
    public Outcome run() throws IOException, SQLException {
        progress.accept("data " + suite.data().name());
        DataFiles.Location files =
                new DataFiles(options.dataFolder(), options.threads()).ensure(suite.data());
        List<QueryEngine> engines = new ArrayList<>();
        try {
            List<LoadResult> loads = new ArrayList<>();
            for (String name : options.engines()) {
                QueryEngine engine =
                        Engines.openForQueries(
                                name,
                                options.workFolder().resolve(suite.data().name()),
                                options.threads());
                engines.add(engine);
            }
            for (QueryEngine engine : engines) {
                loads.add(load(engine, files));
            }
            HostLoad.Meter meter = HostLoad.start();
            List<QueryResult> results = new ArrayList<>();
            List<String> differences = new ArrayList<>();
            for (BenchQuery query : suite.queries()) {
                results.addAll(measure(query, engines));
                differences.addAll(compare(query, engines));
            }
            HostLoad host = meter.stop();
            if (options.profile()) {
                profile(engines);
            }
            if (options.flame()) {
                draw(engines);
            }
            return new Outcome(loads, results, differences, host);
        } finally {
            for (QueryEngine engine : engines) {
                engine.close();
            }
        }
    }

    private LoadResult load(QueryEngine engine, DataFiles.Location files)
            throws SQLException, IOException {
        for (TableSource table : suite.data().tables()) {
            engine.create(table.definition());
        }
        long start = System.nanoTime();
        for (TableSource table : suite.data().tables()) {
            engine.load(table.definition(), files);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long rows = 0;
        for (TableSource table : suite.data().tables()) {
            rows += count(engine, table.definition().name());
        }
        LoadResult result = new LoadResult(engine.name(), seconds, rows, engine.sizeBytes());
        progress.accept(Report.line(result));
        long loaded = System.nanoTime();
        engine.settle();
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%s: quiet %.2f s after the load",
                        engine.name(),
                        (System.nanoTime() - loaded) / 1e9));
        return result;
    }

    private static long count(QueryEngine engine, String table) throws SQLException {
        Object count =
                engine.read("SELECT COUNT(*) FROM " + table, row -> true).rows().getFirst().cell(0);
        return ((Number) Objects.requireNonNull(count)).longValue();
    }

    /// Runs a query by turns: A B A B …, so that what disturbs the machine disturbs both.
    private List<QueryResult> measure(BenchQuery query, List<QueryEngine> engines) {
        List<Times> all = engines.stream().map(Times::new).toList();
        for (int run = 0; run < options.warmups() + options.runs(); run++) {
            for (Times times : all) {
                times.run(query, run >= options.warmups());
            }
        }
        List<QueryResult> results = all.stream().map(times -> times.result(query)).toList();
        progress.accept(Report.line(results));
        return results;
    }

    private static final class Times {
        private final QueryEngine engine;
        private final List<Double> millis = new ArrayList<>();
        private double first = Double.NaN;
        private long rows;
        private Optional<String> failure = Optional.empty();

        Times(QueryEngine engine) {
            this.engine = engine;
        }

        void run(BenchQuery query, boolean counts) {
            if (failure.isPresent()) {
                return;
            }
            double elapsed;
            try {
                QueryEngine.Timing timing = engine.time(query.sql());
                elapsed = timing.millis();
                rows = timing.rows();
            } catch (SQLException failed) {
                failure = Optional.of(oneLine(failed));
                return;
            }
            if (Double.isNaN(first)) {
                first = elapsed;
            }
            if (counts) {
                millis.add(elapsed);
            }
        }

        QueryResult result(BenchQuery query) {
            if (failure.isPresent()) {
                return QueryResult.failed(query.name(), engine.name(), failure.get());
            }
            return new QueryResult(
                    query.name(), engine.name(), first, millis, rows, Optional.empty());
        }
    }

    /// Compares the answer of the first engine with that of each other.
    private static List<String> compare(BenchQuery query, List<QueryEngine> engines) {
        QueryEngine found = engines.getFirst();
        return engines.stream()
                .skip(1)
                .filter(expected -> !query.incomparable().contains(expected.name()))
                .flatMap(expected -> difference(query, found, expected).stream())
                .toList();
    }

    private static Optional<String> difference(
            BenchQuery query, QueryEngine found, QueryEngine expected) {
        String prefix = query.name() + " beside " + expected.name() + ": ";
        try {
            Answer left = expected.read(query.sql(), row -> true);
            Answer right = found.read(query.sql(), row -> true);
            return AnswerCheck.difference(
                            query.shape(),
                            left,
                            right,
                            wanted -> expected.read(query.body(), wanted))
                    .map(difference -> prefix + difference);
        } catch (SQLException failed) {
            return Optional.of(prefix + oneLine(failed));
        }
    }

    private void profile(List<QueryEngine> engines) throws IOException {
        Path folder = options.resultFolder().resolve("profiles");
        Files.createDirectories(folder);
        for (BenchQuery query : suite.queries()) {
            for (QueryEngine engine : engines) {
                String file = suite.name() + "-" + query.name() + "-" + engine.name() + ".txt";
                Files.writeString(folder.resolve(file), explain(engine, query));
            }
        }
        progress.accept("profiles in " + folder);
    }

    /// Stacks can be sampled of engines in this JVM that are written in Java: of ours.
    private void draw(List<QueryEngine> engines) throws IOException, SQLException {
        Path folder = options.resultFolder().resolve("flames");
        Files.createDirectories(folder);
        for (QueryEngine engine : engines) {
            if (!engine.name().equals("basalt")) {
                continue;
            }
            for (BenchQuery query : suite.queries()) {
                String name = suite.name() + "-" + query.name();
                try (FlameRecording recording = new FlameRecording()) {
                    long begun = System.nanoTime();
                    while (System.nanoTime() - begun < FLAME_NANOS) {
                        engine.time(query.sql());
                    }
                    StackTree stacks = recording.stop(folder);
                    FlameGraph.write(folder.resolve(name + ".svg"), name, stacks);
                }
            }
        }
        progress.accept("flame graphs in " + folder);
    }

    private static String explain(QueryEngine engine, BenchQuery query) {
        String head = query.sql() + "\n\n";
        try {
            return head + engine.explain(query.sql());
        } catch (SQLException failed) {
            return head + oneLine(failed) + "\n";
        }
    }

    private static String oneLine(SQLException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("no message");
    }
}
