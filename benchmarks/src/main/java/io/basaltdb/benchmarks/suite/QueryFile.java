package io.basaltdb.benchmarks.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A resource with queries: each on one line, after a line `-- @q NAME`.
public final class QueryFile {
    private static final String MARK = "-- @q ";

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
        String name = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith(MARK)) {
                name = line.substring(MARK.length()).strip();
            } else if (!line.isBlank() && !line.startsWith("--")) {
                queries.add(BenchQuery.parse(name, line));
            }
        }
        return queries;
    }
}
