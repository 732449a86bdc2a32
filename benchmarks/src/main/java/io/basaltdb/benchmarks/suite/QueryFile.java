package io.basaltdb.benchmarks.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A resource with queries: each after a line `-- @q NAME`, up to the next one; other lines that begin with `--` are remarks.
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

    private static void add(List<BenchQuery> queries, String name, StringBuilder sql) {
        if (!sql.isEmpty()) {
            queries.add(BenchQuery.parse(name, sql.toString().strip()));
            sql.setLength(0);
        }
    }

    private static List<BenchQuery> parse(String text) {
        List<BenchQuery> queries = new ArrayList<>();
        String name = "";
        StringBuilder sql = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith(MARK)) {
                add(queries, name, sql);
                name = line.substring(MARK.length()).strip();
            } else if (!line.isBlank() && !line.startsWith("--")) {
                sql.append(line).append('\n');
            }
        }
        add(queries, name, sql);
        return queries;
    }
}
