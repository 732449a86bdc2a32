package io.basaltdb.query.sql;

import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;

/// SUMMARIZE: a query with a row for each column of another one.
final class Summary {
    private static final String SOURCE = SqlNames.quoted("what is summarized");

    private Summary() {}

    static QuerySyntax of(QuerySyntax query, Binder.Bound bound) {
        List<String> branches = new ArrayList<>();
        for (int i = 0; i < bound.columns().size(); i++) {
            branches.add(branch(i, bound.columns().field(i)));
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < bound.columns().size(); i++) {
            names.append(i == 0 ? "" : ", ").append(column(i));
        }
        return QueryParser.generated(
                "WITH "
                        + SOURCE
                        + "("
                        + names
                        + ") AS ("
                        + query.sql()
                        + "\n) SELECT column_name, column_type, \"min\", \"max\", approx_unique, \"avg\", \"std\","
                        + " q25, q50, q75, \"count\", null_percentage FROM ("
                        + String.join(" UNION ALL ", branches)
                        + ") AS summary ORDER BY place");
    }

    private static String branch(int place, Field field) {
        String column = column(place);
        boolean number =
                switch (field.type()) {
                    case Type.Int _, Type.Real _, Type.DoublePrecision _, Type.Decimal _ -> true;
                    default -> false;
                };
        return "SELECT "
                + place
                + " AS place, "
                + text(field.name())
                + " AS column_name, "
                + text(field.type().sql())
                + " AS column_type, CAST(min("
                + column
                + ") AS VARCHAR) AS \"min\", CAST(max("
                + column
                + ") AS VARCHAR) AS \"max\", approx_count_distinct("
                + column
                + ") AS approx_unique, "
                + ofNumber(number, "avg(CAST(" + column + " AS DOUBLE))")
                + " AS \"avg\", "
                + ofNumber(number, "stddev_samp(CAST(" + column + " AS DOUBLE))")
                + " AS \"std\", "
                + quantile(number, column, "0.25")
                + " AS q25, "
                + quantile(number, column, "0.5")
                + " AS q50, "
                + quantile(number, column, "0.75")
                + " AS q75, count(*) AS \"count\", CASE WHEN count(*) = 0 THEN NULL ELSE round(100.0 * (count(*) - count("
                + column
                + ")) / count(*), 2) END AS null_percentage FROM "
                + SOURCE;
    }

    private static String quantile(boolean number, String column, String fraction) {
        return ofNumber(number, "quantile_cont(CAST(" + column + " AS DOUBLE), " + fraction + ")");
    }

    private static String ofNumber(boolean number, String expression) {
        return number ? expression : "CAST(NULL AS DOUBLE)";
    }

    private static String column(int place) {
        return SqlNames.quoted("c" + place);
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
