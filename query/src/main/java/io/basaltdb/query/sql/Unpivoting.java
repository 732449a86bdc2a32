package io.basaltdb.query.sql;

import java.util.List;

/// What an UNPIVOT statement says: its columns become rows of their names and values.
///
/// @param source a table or a query in parentheses, as text
/// @param columns the items of a select list, as text, also `COLUMNS(…)` and stars
/// @param name the column of names
/// @param value the column of values
/// @param withNulls whether there are rows of NULL too
/// @param tail ORDER BY and what follows, or ""
public record Unpivoting(
        String source, String columns, String name, String value, boolean withNulls, String tail) {

    /// The query whose columns become rows.
    public String columnsQuery() {
        return "SELECT " + columns + " FROM " + source;
    }

    /// @param found the names of the columns that become rows
    public String query(List<String> found) {
        StringBuilder list = new StringBuilder();
        for (String column : found) {
            list.append(list.isEmpty() ? "" : ", ")
                    .append(SqlNames.quoted(column))
                    .append(" AS '")
                    .append(column.replace("'", "''"))
                    .append('\'');
        }
        return "SELECT * FROM "
                + source
                + " UNPIVOT "
                + (withNulls ? "INCLUDE NULLS (" : "(")
                + SqlNames.quoted(value)
                + " FOR "
                + SqlNames.quoted(name)
                + " IN ("
                + list
                + ")) "
                + tail;
    }
}
