package io.basaltdb.query.sql;

import io.basaltdb.query.sql.Statement.ObjectName;
import java.util.List;

/// INSERT INTO.
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
        cursor.expect("INTO");
        cursor.takes("TABLE");
        ObjectName target = cursor.objectName("a table name");
        if (cursor.takes("DEFAULT", "VALUES")) {
            cursor.expectEnd();
            return new Statement.InsertDefaults(target);
        }
        List<String> columns =
                cursor.peek().isSymbol("(") && !startsQuery(cursor.peek(1))
                        ? cursor.namesInParentheses("a column name")
                        : List.of();
        if (!startsQuery(cursor.peek())) {
            throw cursor.unexpected("VALUES or a query");
        }
        int start = cursor.peek().start();
        while (!cursor.atEnd()) {
            cursor.next();
        }
        return new Statement.Insert(target, columns, queries.query(start, cursor.peek().start()));
    }

    private static boolean startsQuery(SqlToken token) {
        return token.isSymbol("(")
                || token.isWord("SELECT")
                || token.isWord("WITH")
                || token.isWord("VALUES")
                || token.isWord("TABLE");
    }

    private void refuseWhatFollows() {
        if (cursor.sees("OR")) {
            throw cursor.notSupported(
                    cursor.peek(), "INSERT OR … is not supported; use INSERT INTO");
        }
        refuse("ON CONFLICT is not supported; insert rows whose keys are new", "ON", "CONFLICT");
        refuse(
                "ON DUPLICATE KEY is not supported; insert rows whose keys are new",
                "ON",
                "DUPLICATE");
        refuse("RETURNING is not supported; query the table behind the INSERT", "RETURNING");
        refuse("INSERT … FORMAT is not supported; use COPY t FROM 'file'", "FORMAT");
    }

    private void refuse(String message, String... keywords) {
        SqlToken found = cursor.findAhead(keywords);
        if (found != null) {
            throw cursor.notSupported(found, message);
        }
    }
}
