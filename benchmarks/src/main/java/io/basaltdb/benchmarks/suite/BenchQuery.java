package io.basaltdb.benchmarks.suite;

import io.basaltdb.benchmarks.answer.QueryShape;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A query of a suite: its text without LIMIT and OFFSET, those, and the result columns that order it.
///
/// @param incomparable engines to which the text means something else, so that their answers are not compared
public record BenchQuery(
        String name, String body, String limit, List<String> orderedBy, List<String> incomparable) {
    private static final Pattern LIMIT =
            Pattern.compile(
                    "\\s+(LIMIT\\s+\\d+(\\s+OFFSET\\s+\\d+)?)\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern ORDER_BY =
            Pattern.compile("\\bORDER\\s+BY\\s", Pattern.CASE_INSENSITIVE);
    private static final Pattern ORDER_COLUMN =
            Pattern.compile(
                    "(?:\\w+\\.)?([a-z_]\\w*)(\\s+(?:ASC|DESC))?(\\s+NULLS\\s+(?:FIRST|LAST))?",
                    Pattern.CASE_INSENSITIVE);

    public BenchQuery {
        orderedBy = List.copyOf(orderedBy);
        incomparable = List.copyOf(incomparable);
    }

    /// A query that means the same to every engine.
    public BenchQuery(String name, String body, String limit, List<String> orderedBy) {
        this(name, body, limit, orderedBy, List.of());
    }

    /// Takes a query apart. The outermost ORDER BY orders by the result columns that it names before its first expression.
    public static BenchQuery parse(String name, String sql, List<String> incomparable) {
        Matcher matcher = LIMIT.matcher(sql);
        String limit = matcher.find() ? matcher.group(1) : "";
        String body = limit.isEmpty() ? sql : sql.substring(0, matcher.start());
        return new BenchQuery(name, body.strip(), limit, orderColumns(body), incomparable);
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
        int at = -1;
        for (Matcher found = ORDER_BY.matcher(body); found.find(); ) {
            at = isOutermost(body, found.end()) ? found.end() : at;
        }
        if (at < 0) {
            return List.of();
        }
        return Pattern.compile(",")
                .splitAsStream(body.substring(at))
                .map(item -> ORDER_COLUMN.matcher(item.strip()))
                .takeWhile(Matcher::matches)
                .map(item -> item.group(1))
                .toList();
    }

    /// Whether no parenthesis that is open at that place is closed after it.
    private static boolean isOutermost(String body, int at) {
        int depth = 0;
        for (int i = at; i < body.length() && depth >= 0; i++) {
            depth += body.charAt(i) == '(' ? 1 : body.charAt(i) == ')' ? -1 : 0;
        }
        return depth >= 0;
    }
}
