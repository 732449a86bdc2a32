package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// DuckDB's statements: `PIVOT t ON a USING sum(b) GROUP BY c` and `UNPIVOT t ON a, b INTO NAME n VALUE v`.
final class PivotParser {
    private static final String[] CLAUSES = {
        "AS", "IN", "USING", "GROUP", "ORDER", "LIMIT", "OFFSET"
    };

    private final TokenCursor cursor;
    private final QueryParser queries;

    PivotParser(TokenCursor cursor, QueryParser queries) {
        this.cursor = cursor;
        this.queries = queries;
    }

    Statement.Pivot pivot() {
        refuseParameters();
        cursor.next();
        String source = source();
        List<Pivoting.Key> keys = new ArrayList<>();
        do {
            String expression = expression("a column whose values become columns");
            keys.add(new Pivoting.Key(expression, cursor.takes("IN") ? values() : List.of()));
        } while (cursor.takesSymbol(","));
        List<Pivoting.Named> aggregates = new ArrayList<>();
        if (cursor.takes("USING")) {
            do {
                aggregates.add(aggregate());
            } while (cursor.takesSymbol(","));
        }
        String groupBy = "";
        if (cursor.takes("GROUP", "BY")) {
            int start = cursor.peek().start();
            do {
                expression("a column of GROUP BY");
            } while (cursor.takesSymbol(","));
            String text = cursor.source().substring(start, cursor.endOfLast());
            groupBy = text.equalsIgnoreCase("ALL") ? "" : text;
        }
        return new Statement.Pivot(new Pivoting(source, keys, aggregates, groupBy, tail()));
    }

    Statement.Unpivot unpivot() {
        refuseParameters();
        cursor.next();
        boolean withNulls = false;
        String source = source();
        int start = cursor.peek().start();
        do {
            cursor.expressionText("a column", "INTO", "ORDER", "LIMIT", "OFFSET");
        } while (cursor.takesSymbol(","));
        String columns = cursor.source().substring(start, cursor.endOfLast());
        String name = "name";
        String value = "value";
        if (cursor.takes("INTO")) {
            cursor.expect("NAME");
            name = cursor.name("the name of the column of names");
            cursor.expect("VALUE");
            value = cursor.name("the name of the column of values");
        }
        if (cursor.takes("INCLUDE", "NULLS")) {
            withNulls = true;
        }
        return new Statement.Unpivot(
                new Unpivoting(source, columns, name, value, withNulls, tail()));
    }

    private void refuseParameters() {
        for (int distance = 0; cursor.peek(distance).kind() != Kind.END; distance++) {
            SqlToken token = cursor.peek(distance);
            if (token.kind() == Kind.PARAMETER) {
                throw cursor.notSupported(
                        token,
                        "PIVOT and UNPIVOT as statements take no parameters; write SELECT … FROM t PIVOT (…)");
            }
        }
    }

    private String source() {
        String source = cursor.expressionText("a table or a query in parentheses", "ON");
        cursor.expect("ON");
        return source;
    }

    private String expression(String what) {
        int start = cursor.peek().start();
        String text = cursor.expressionText(what, CLAUSES);
        queries.expression(start, start + text.length());
        return text;
    }

    private List<Pivoting.Named> values() {
        cursor.expectSymbol("(");
        List<Pivoting.Named> values = new ArrayList<>();
        do {
            SqlToken first = cursor.peek();
            String text = expression("a value");
            String name = first.kind() == Kind.STRING ? first.text() : text;
            values.add(new Pivoting.Named(text, cursor.takes("AS") ? label() : name));
        } while (cursor.takesSymbol(","));
        cursor.expectSymbol(")");
        return values;
    }

    private String label() {
        return cursor.peek().kind() == Kind.STRING ? cursor.next().text() : cursor.name("a name");
    }

    private Pivoting.Named aggregate() {
        SqlToken first = cursor.peek();
        boolean isCall = first.isName() && cursor.peek(1).isSymbol("(");
        String text = expression("an aggregate");
        if (!isCall || !endsWithItsParenthesis(text)) {
            throw cursor.error(
                    first,
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "USING takes calls of aggregates, such as sum(x); found " + text);
        }
        return new Pivoting.Named(text, cursor.takes("AS") ? label() : "");
    }

    /// Whether the parenthesis that the call opens ends its text.
    private static boolean endsWithItsParenthesis(String text) {
        List<SqlToken> tokens = SqlLexer.tokens(text);
        int depth = 0;
        for (int i = 0; i < tokens.size() - 1; i++) {
            if (tokens.get(i).opens()) {
                depth++;
            } else if (tokens.get(i).closes() && --depth == 0) {
                return i == tokens.size() - 2;
            }
        }
        return false;
    }

    /// ORDER BY and what may follow it.
    private String tail() {
        SqlToken first = cursor.peek();
        if (first.kind() == Kind.END) {
            return "";
        }
        if (!first.isWord("ORDER") && !first.isWord("LIMIT") && !first.isWord("OFFSET")) {
            throw cursor.unexpected("ORDER BY, LIMIT or the end of the statement");
        }
        int distance = 0;
        while (cursor.peek(distance).kind() != Kind.END) {
            distance++;
        }
        return cursor.source().substring(first.start(), cursor.peek(distance).start());
    }
}
