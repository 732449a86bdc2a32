package io.basaltdb.benchmarks.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A resource with queries: each after a line `-- @q NAME`, up to the next one. A line `-- @incomparable ENGINE` says that the answer of that
/// engine is not compared; other lines that begin with `--` are remarks.
public final class QueryFile {
    private static final String MARK = "-- @q ";
    private static final String INCOMPARABLE = "-- @incomparable ";

    private QueryFile() {}

    /// The queries of the resource `queries.sql` beside that class, in order.
    public static List<BenchQuery> beside(Class<?> owner) {
        try (InputStream in = owner.getResourceAsStream("queries.sql")) {
            if (in == null) {
                throw new IllegalStateException(
                        "no resource queries.sql beside " + owner.getName());
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<BenchQuery> parse(String text) {
        List<BenchQuery> queries = new ArrayList<>();
        Draft draft = new Draft("");
        for (String line : text.lines().toList()) {
            if (line.startsWith(MARK)) {
                draft.addTo(queries);
                draft = new Draft(line.substring(MARK.length()).strip());
            } else if (line.startsWith(INCOMPARABLE)) {
                draft.incomparable.add(line.substring(INCOMPARABLE.length()).strip());
            } else if (!line.isBlank() && !line.startsWith("--")) {
                draft.sql.append(line).append('\n');
            }
        }
        draft.addTo(queries);
        return queries;
    }

    /// A query whose lines are being read.
    private static final class Draft {
        private final String name;
        private final StringBuilder sql = new StringBuilder();
        private final List<String> incomparable = new ArrayList<>();

        Draft(String name) {
            this.name = name;
        }

        void addTo(List<BenchQuery> queries) {
            if (!sql.isEmpty()) {
                queries.add(BenchQuery.parse(name, sql.toString().strip(), incomparable));
            }
        }
    }
}
