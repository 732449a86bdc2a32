package io.basaltdb.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an earlier run came to, read from the CSV file that it wrote. Machines differ, and one machine differs from hour to hour; so what is
/// compared is the time of an engine over the time of a peer in the same run.
public final class Baseline {
    /// A ratio that grew by less than this is taken for noise.
    private static final double NOISE = 1.25;

    /// What takes less than this is timed too coarsely to be compared.
    private static final double LEAST_MILLIS = 2;

    private static final int QUERY = 0;
    private static final int ENGINE = 1;
    private static final int MEDIAN = 3;

    private final Map<String, Double> medians = new HashMap<>();

    private Baseline() {}

    /// Reads a file that [ResultFiles] wrote.
    public static Baseline read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        if (lines.isEmpty() || !lines.getFirst().startsWith(ResultFiles.CSV_HEAD)) {
            throw new IllegalArgumentException(
                    csv
                            + " is no result of a suite: its first line should be "
                            + ResultFiles.CSV_HEAD);
        }
        Baseline baseline = new Baseline();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (!cells[MEDIAN].equals("null")) {
                baseline.medians.put(
                        key(cells[QUERY], cells[ENGINE]), Double.valueOf(cells[MEDIAN]));
            }
        }
        return baseline;
    }

    /// A line for each query in which the engine fell behind the peer since then; and one that says over how many queries the two were compared.
    public List<String> slower(SuiteRun.Outcome outcome, String engine, String peer) {
        List<String> lines = new ArrayList<>();
        int compared = 0;
        for (QueryResult result : outcome.queries()) {
            Optional<Double> was = ratio(result.query(), engine, peer);
            if (!result.engine().equals(engine) || was.isEmpty()) {
                continue;
            }
            double now = result.medianMillis() / Figures.median(outcome, result.query(), peer);
            if (Double.isNaN(now)) {
                continue;
            }
            compared++;
            if (now > was.get() * NOISE && result.medianMillis() >= LEAST_MILLIS) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "SLOWER %s: %.2f times %s, was %.2f",
                                result.query(),
                                now,
                                peer,
                                was.get()));
            }
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "baseline: %d of %d queries fell behind %s by more than %.0f %%",
                        lines.size(),
                        compared,
                        peer,
                        (NOISE - 1) * 100));
        return lines;
    }

    private Optional<Double> ratio(String query, String engine, String peer) {
        Double own = medians.get(key(query, engine));
        Double other = medians.get(key(query, peer));
        return own == null || other == null ? Optional.empty() : Optional.of(own / other);
    }

    private static String key(String query, String engine) {
        return query + " " + engine;
    }
}
