package io.basaltdb.query.sql;

import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.query.sql.Statement.OnConflict;
import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// INSERT.
final class InsertParser {
    private final TokenCursor cursor;
    private final QueryParser queries;

    InsertParser(TokenCursor cursor, QueryParser queries) {
        this.cursor = cursor;
        this.queries = queries;
    }

    Statement parse() {
        cursor.next();
        refuseWhatFollows();
        OnConflict.@Nullable Action action = orAction();
        cursor.expect("INTO");
        cursor.takes("TABLE");
        ObjectName target = cursor.objectName("a table name");
        if (cursor.takes("DEFAULT", "VALUES")) {
            cursor.expectEnd();
            return new Statement.InsertDefaults(target);
        }
        String alias = cursor.takes("AS") ? cursor.name("an alias") : target.name();
        List<String> columns =
                cursor.peek().isSymbol("(") && !startsQuery(cursor.peek(1))
                        ? cursor.namesInParentheses("a column name")
                        : List.of();
        if (!startsQuery(cursor.peek())) {
            throw cursor.unexpected("VALUES or a query");
        }
        QuerySyntax source = source();
        ParameterNumbers parameters = new ParameterNumbers();
        parameters.number(source.tree());
        ChangeParser clauses = new ChangeParser(cursor, queries, parameters);
        OnConflict conflict = action == null ? null : new OnConflict(List.of(), action);
        SqlToken on = cursor.peek();
        if (cursor.takes("ON", "CONFLICT")) {
            if (conflict != null) {
                throw cursor.error(
                        on,
                        ErrorCode.SYNTAX_ERROR,
                        "INSERT OR … and ON CONFLICT say the same; leave one of them out");
            }
            conflict = onConflict(clauses);
        }
        return new Statement.Insert(target, alias, columns, source, conflict, clauses.returning());
    }

    /// OR REPLACE, OR IGNORE.
    private OnConflict.@Nullable Action orAction() {
        if (!cursor.takes("OR")) {
            return null;
        }
        if (cursor.takes("REPLACE")) {
            return new OnConflict.Replace();
        }
        if (cursor.takes("IGNORE")) {
            return new OnConflict.Ignore();
        }
        throw cursor.unexpected("REPLACE or IGNORE");
    }

    /// The query, up to the clauses that follow it.
    private QuerySyntax source() {
        SqlToken conflict = cursor.findAhead("ON", "CONFLICT");
        SqlToken returning = cursor.findAhead("RETURNING");
        int start = cursor.peek().start();
        while (!cursor.atEnd() && !isAt(conflict) && !isAt(returning)) {
            cursor.next();
        }
        return queries.query(start, cursor.peek().start());
    }

    private boolean isAt(@Nullable SqlToken token) {
        return token != null && token.start() == cursor.peek().start();
    }

    private OnConflict onConflict(ChangeParser clauses) {
        List<String> columns =
                cursor.peek().isSymbol("(")
                        ? cursor.namesInParentheses("a column name")
                        : List.of();
        if (cursor.sees("ON", "CONSTRAINT") || cursor.sees("WHERE")) {
            throw cursor.notSupported(
                    cursor.peek(), "ON CONFLICT takes the columns of the primary key");
        }
        cursor.expect("DO");
        if (cursor.takes("NOTHING")) {
            return new OnConflict(columns, new OnConflict.Ignore());
        }
        cursor.expect("UPDATE");
        return new OnConflict(columns, clauses.conflictUpdate());
    }

    private static boolean startsQuery(SqlToken token) {
        return token.isSymbol("(")
                || token.isWord("SELECT")
                || token.isWord("WITH")
                || token.isWord("VALUES")
                || token.isWord("TABLE");
    }

    private void refuseWhatFollows() {
        refuse("ON DUPLICATE KEY is not supported; use ON CONFLICT DO UPDATE", "ON", "DUPLICATE");
        refuse("INSERT … FORMAT is not supported; use COPY t FROM 'file'", "FORMAT");
    }

    private void refuse(String message, String... keywords) {
        SqlToken found = cursor.findAhead(keywords);
        if (found != null) {
            throw cursor.notSupported(found, message);
        }
    }
}
