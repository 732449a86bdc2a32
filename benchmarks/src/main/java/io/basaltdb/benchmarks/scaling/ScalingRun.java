package io.basaltdb.benchmarks.scaling;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import io.basaltdb.benchmarks.suite.Median;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures the queries of an axis, size by size, each engine with a database of its own for each size. Where there are two engines they answer by
/// turns.
///
/// @param runs that count, after one that does not
public record ScalingRun(Axis axis, List<String> engines, int runs, int threads, Path folder) {
    public ScalingRun {
        engines = List.copyOf(engines);
    }

    /// The curves of all engines and queries.
    public List<Curve> run(List<Long> sizes) throws IOException, SQLException {
        Map<String, List<Curve.Point>> points = new LinkedHashMap<>();
        for (long size : sizes) {
            List<Engine> open = new ArrayList<>();
            try {
                for (String name : engines) {
                    Engine engine = Engines.open(name, folder.resolve(axis.label()), threads);
                    open.add(engine);
                    axis.create(engine, size);
                }
                for (Map.Entry<String, String> query : axis.queries(size).entrySet()) {
                    measure(open, query.getValue())
                            .forEach((engine, millis) ->
                                    points.computeIfAbsent(
                                                    engine + " " + query.getKey(),
                                                    name -> new ArrayList<>())
                                            .add(new Curve.Point(size, millis)));
                }
            } finally {
                for (Engine engine : open) {
                    engine.close();
                }
            }
        }
        return points.entrySet().stream()
                .map(curve -> new Curve(curve.getKey(), curve.getValue()))
                .toList();
    }

    private Map<String, Double> measure(List<Engine> open, String sql) throws SQLException {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int run = 0; run <= runs; run++) {
            for (Engine engine : open) {
                double elapsed = engine.time(sql).millis();
                if (run > 0) {
                    millis.computeIfAbsent(engine.name(), name -> new ArrayList<>()).add(elapsed);
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        millis.forEach((engine, times) -> medians.put(engine, Median.of(times)));
        return medians;
    }
}
