package io.basaltdb.benchmarks.suite;

import io.basaltdb.benchmarks.answer.QueryShape;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A query of a suite: its text without LIMIT and OFFSET, those, and the result columns that order it.
public record BenchQuery(String name, String body, String limit, List<String> orderedBy) {
    private static final Pattern LIMIT =
            Pattern.compile(
                    "\\s+(LIMIT\\s+\\d+(\\s+OFFSET\\s+\\d+)?)\\s*$", Pattern.CASE_INSENSITIVE);

    public BenchQuery {
        orderedBy = List.copyOf(orderedBy);
    }

    /// Takes a query apart. The last ORDER BY must be the outermost one and name result columns.
    public static BenchQuery parse(String name, String sql) {
        Matcher matcher = LIMIT.matcher(sql);
        String limit = matcher.find() ? matcher.group(1) : "";
        String body = limit.isEmpty() ? sql : sql.substring(0, matcher.start());
        return new BenchQuery(name, body.strip(), limit, orderColumns(body));
    }

    /// The whole text.
    public String sql() {
        return limit.isEmpty() ? body : body + " " + limit;
    }

    /// What the text says about the order and number of the rows.
    public QueryShape shape() {
        return new QueryShape(orderedBy, !limit.isEmpty());
    }

    private static List<String> orderColumns(String body) {
        int at = body.toUpperCase(Locale.ROOT).lastIndexOf("ORDER BY ");
        if (at < 0 || body.indexOf(')', at) >= 0) {
            return List.of();
        }
        return Pattern.compile(",")
                .splitAsStream(body.substring(at + "ORDER BY ".length()))
                .map(item -> item.strip().replaceFirst("\\s.*", ""))
                .toList();
    }
}
