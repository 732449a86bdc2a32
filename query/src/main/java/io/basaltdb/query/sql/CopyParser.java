package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.ObjectName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// COPY table FROM 'file' and COPY table or (query) TO 'file'.
final class CopyParser {
    private final TokenCursor cursor;
    private final QueryParser queries;

    CopyParser(TokenCursor cursor, QueryParser queries) {
        this.cursor = cursor;
        this.queries = queries;
    }

    Statement parse() {
        cursor.next();
        if (cursor.takesSymbol("(")) {
            return copyQuery();
        }
        ObjectName table = cursor.objectName("a table name or a query in parentheses");
        List<String> columns =
                cursor.peek().isSymbol("(")
                        ? cursor.namesInParentheses("a column name")
                        : List.of();
        if (cursor.takes("FROM")) {
            return new Statement.CopyFrom(table, columns, file(), options());
        }
        if (cursor.takes("TO")) {
            QuerySyntax source = QueryParser.generated(selectOf(table, columns));
            return new Statement.CopyTo(source, file(), options());
        }
        throw cursor.unexpected("FROM or TO");
    }

    private Statement copyQuery() {
        int close = cursor.endOfParenthesis();
        QuerySyntax query = queries.query(cursor.peek().start(), cursor.token(close).start());
        cursor.moveTo(close);
        cursor.expectSymbol(")");
        cursor.expect("TO");
        return new Statement.CopyTo(query, file(), options());
    }

    private String file() {
        return cursor.string("a file name in quotes");
    }

    /// `(FORMAT csv, HEADER)`, with or without WITH; also PostgreSQL's older `CSV HEADER DELIMITER '|'`.
    private Map<String, String> options() {
        cursor.takes("WITH");
        if (cursor.peek().isSymbol("(")) {
            Map<String, String> options = new OptionParser(cursor).inParentheses();
            cursor.expectEnd();
            return options;
        }
        Map<String, String> options = new LinkedHashMap<>();
        while (!cursor.atEnd()) {
            if (cursor.takes("CSV")) {
                options.put("format", "csv");
            } else {
                String name = cursor.name("an option").toLowerCase(Locale.ROOT);
                cursor.takes("AS");
                options.put(
                        name, cursor.peek().kind() == Kind.STRING ? cursor.next().text() : "true");
            }
        }
        return options;
    }

    private static String selectOf(ObjectName table, List<String> columns) {
        StringBuilder sql = new StringBuilder("SELECT ");
        if (columns.isEmpty()) {
            sql.append('*');
        }
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(SqlNames.quoted(columns.get(i)));
        }
        sql.append(" FROM ");
        if (table.schema() != null) {
            sql.append(SqlNames.quoted(table.schema())).append('.');
        }
        return sql.append(SqlNames.quoted(table.name())).toString();
    }
}
