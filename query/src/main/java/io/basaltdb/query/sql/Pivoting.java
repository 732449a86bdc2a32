package io.basaltdb.query.sql;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a PIVOT statement says, and the queries that it stands for: one that asks which values become columns, where the statement does
/// not list them, and then `SELECT groups, aggregate FILTER (WHERE key = value) AS "value", … FROM source GROUP BY groups`.
///
/// Several keys give a column for each combination of their values; several aggregates one for each of them. Without GROUP BY the
/// columns that neither keys nor aggregates name are the groups. This is DuckDB's meaning.
///
/// @param source a table or a query in parentheses, as text
/// @param aggregates calls with their names, "" where there is none; no aggregate: the number of rows
/// @param groupBy the text behind GROUP BY; "": there is none
/// @param tail ORDER BY and what follows, or ""
public record Pivoting(
        String source, List<Key> keys, List<Named> aggregates, String groupBy, String tail) {
    private static final int MOST_COLUMNS = 1_000;

    /// @param values empty: all that there are, except NULL
    public record Key(String expression, List<Named> values) {
        public Key {
            values = List.copyOf(values);
        }
    }

    /// An expression as text, and the name that it gives to a column.
    public record Named(String text, String name) {}

    public Pivoting {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    /// The query of the texts of the key's values, in the order of the values.
    public String valuesOf(Key key) {
        return "SELECT CAST(k AS VARCHAR) FROM (SELECT DISTINCT "
                + key.expression()
                + " AS k FROM "
                + source
                + ") WHERE k IS NOT NULL ORDER BY k LIMIT "
                + (MOST_COLUMNS + 1);
    }

    /// The query of all columns.
    public String columns() {
        return "SELECT * FROM " + source;
    }

    /// @param found for each key the texts of its values; those of keys that list their values are not looked at
    /// @param columns the names of all columns of the source
    public String query(List<List<String>> found, List<String> columns) {
        String groups = groupBy.isEmpty() ? otherColumns(columns) : groupBy;
        StringBuilder sql = new StringBuilder("SELECT ").append(groups);
        List<Named> calls = aggregates.isEmpty() ? List.of(new Named("count(*)", "")) : aggregates;
        List<Named> conditions = conditions(found);
        if ((long) conditions.size() * calls.size() > MOST_COLUMNS) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "PIVOT gives more than "
                            + MOST_COLUMNS
                            + " columns; list the values that are to become columns: ON "
                            + keys.getFirst().expression()
                            + " IN (…)");
        }
        boolean isFirst = groups.isEmpty();
        for (Named condition : conditions) {
            for (Named call : calls) {
                String suffix = call.name().isEmpty() ? call.text() : call.name();
                boolean isNamed = calls.size() > 1 || !call.name().isEmpty();
                String name = isNamed ? condition.name() + "_" + suffix : condition.name();
                sql.append(isFirst ? "" : ", ")
                        .append(call.text())
                        .append(" FILTER (WHERE ")
                        .append(condition.text())
                        .append(") AS ")
                        .append(SqlNames.quoted(name));
                isFirst = false;
            }
        }
        if (isFirst) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "PIVOT gives no columns: " + keys.getFirst().expression() + " has no values");
        }
        sql.append(" FROM ").append(source);
        if (!groups.isEmpty()) {
            sql.append(" GROUP BY ").append(groups);
        }
        return sql.append(' ').append(tail).toString();
    }

    /// A condition for each combination of values, and the name of its column.
    private List<Named> conditions(List<List<String>> found) {
        List<Named> combined = List.of(new Named("", ""));
        for (int k = 0; k < keys.size(); k++) {
            List<Named> longer = new ArrayList<>();
            for (Named left : combined) {
                for (Named right : conditions(keys.get(k), found.get(k))) {
                    if (longer.size() > MOST_COLUMNS) {
                        break; // refused by the caller
                    }
                    longer.add(
                            left.text().isEmpty()
                                    ? right
                                    : new Named(
                                            left.text() + " AND " + right.text(),
                                            left.name() + "_" + right.name()));
                }
            }
            combined = longer;
        }
        return combined;
    }

    private static List<Named> conditions(Key key, List<String> found) {
        List<Named> conditions = new ArrayList<>();
        for (Named value : key.values()) {
            conditions.add(
                    new Named("(" + key.expression() + ") = (" + value.text() + ")", value.name()));
        }
        if (key.values().isEmpty()) {
            for (String text : found) {
                String literal = "'" + text.replace("'", "''") + "'";
                conditions.add(
                        new Named(
                                "CAST((" + key.expression() + ") AS VARCHAR) = " + literal, text));
            }
        }
        return conditions;
    }

    private String otherColumns(List<String> columns) {
        Set<String> named = new HashSet<>();
        keys.forEach(key -> addNames(key.expression(), named));
        aggregates.forEach(aggregate -> addNames(aggregate.text(), named));
        StringBuilder others = new StringBuilder();
        for (String column : columns) {
            if (!named.contains(column.toLowerCase(Locale.ROOT))) {
                others.append(others.isEmpty() ? "" : ", ").append(SqlNames.quoted(column));
            }
        }
        return others.toString();
    }

    private static void addNames(String text, Set<String> names) {
        for (SqlToken token : SqlLexer.tokens(text)) {
            if (token.isName()) {
                names.add(token.text().toLowerCase(Locale.ROOT));
            }
        }
    }
}
