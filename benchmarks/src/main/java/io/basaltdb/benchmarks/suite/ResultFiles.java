package io.basaltdb.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes an outcome for programs: a CSV line and a JSON object for each query and engine.
public final class ResultFiles {
    /// The first line of the CSV file.
    static final String CSV_HEAD = "query,engine,first_ms,median_ms,rows,runs_ms";

    private ResultFiles() {}

    /// Writes `<data set>.csv` and `<data set>.json` and answers the folder.
    public static Path write(Suite suite, SuiteOptions options, SuiteRun.Outcome outcome)
            throws IOException {
        Path folder = options.resultFolder();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(suite.data().name() + ".csv"), csv(outcome));
        Files.writeString(
                folder.resolve(suite.data().name() + ".json"), json(suite, options, outcome));
        return folder;
    }

    private static String csv(SuiteRun.Outcome outcome) {
        return outcome.queries().stream()
                .map(result ->
                        String.join(
                                ",",
                                result.query(),
                                result.engine(),
                                number(result.firstMillis()),
                                number(result.medianMillis()),
                                Long.toString(result.rows()),
                                runs(result, ";")))
                .collect(Collectors.joining("\n", CSV_HEAD + "\n", "\n"));
    }

    private static String json(Suite suite, SuiteOptions options, SuiteRun.Outcome outcome) {
        String loads =
                outcome.loads().stream()
                        .map(load ->
                                "{\"engine\":"
                                        + quoted(load.engine())
                                        + ",\"seconds\":"
                                        + number(load.seconds())
                                        + ",\"rows\":"
                                        + load.rows()
                                        + ",\"size_bytes\":"
                                        + load.sizeBytes()
                                        + "}")
                        .collect(Collectors.joining(","));
        String queries =
                outcome.queries().stream()
                        .map(ResultFiles::jsonQuery)
                        .collect(Collectors.joining(",\n  "));
        String differences =
                outcome.differences().stream()
                        .map(ResultFiles::quoted)
                        .collect(Collectors.joining(","));
        return "{\"summary\":"
                + quoted(Report.oneLine(suite, options, outcome))
                + ",\n \"loads\":["
                + loads
                + "],\n \"differences\":["
                + differences
                + "],\n \"queries\":[\n  "
                + queries
                + "]}\n";
    }

    private static String jsonQuery(QueryResult result) {
        return "{\"query\":"
                + quoted(result.query())
                + ",\"engine\":"
                + quoted(result.engine())
                + ",\"first_ms\":"
                + number(result.firstMillis())
                + ",\"median_ms\":"
                + number(result.medianMillis())
                + ",\"rows\":"
                + result.rows()
                + ",\"runs_ms\":["
                + runs(result, ",")
                + "],\"failure\":"
                + result.failure().map(ResultFiles::quoted).orElse("null")
                + "}";
    }

    private static String runs(QueryResult result, String separator) {
        return result.millis().stream()
                .map(ResultFiles::number)
                .collect(Collectors.joining(separator));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
