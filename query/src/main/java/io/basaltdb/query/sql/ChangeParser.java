package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.ObjectName;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// DELETE.
final class ChangeParser {
    private static final Set<String> CLAUSES = Set.of("USING", "SET", "FROM", "WHERE", "RETURNING");

    private final TokenCursor cursor;
    private final QueryParser queries;
    private final ParameterNumbers parameters = new ParameterNumbers();

    ChangeParser(TokenCursor cursor, QueryParser queries) {
        this.cursor = cursor;
        this.queries = queries;
    }

    /// DELETE FROM table [[AS] alias] [USING tables] [WHERE condition].
    Statement delete() {
        SqlToken keyword = cursor.next();
        SqlToken from = cursor.peek();
        cursor.expect("FROM");
        ObjectName target = cursor.objectName("a table name");
        String alias = alias(target);
        @Nullable SqlNode others =
                cursor.sees("USING") ? tables(keyword, from, cursor.next()) : null;
        return new Statement.Delete(target, alias, clauses(keyword, others, condition()));
    }

    private String alias(ObjectName target) {
        boolean named = cursor.takes("AS");
        SqlToken token = cursor.peek();
        boolean clause = token.kind() == Kind.WORD && CLAUSES.stream().anyMatch(token::isWord);
        return named || (token.isName() && !clause) ? cursor.name("an alias") : target.name();
    }

    /// The tables behind `USING` or `FROM`: their text becomes a query in the place of the statement's first words.
    private SqlNode tables(SqlToken select, SqlToken star, SqlToken from) {
        if (atClause()) {
            throw cursor.unexpected("a table name");
        }
        skipToClause();
        SqlNode query = queries.selectAll(select, star, from, endOfClause());
        @Nullable SqlNode tables = ((SqlSelect) query).getFrom();
        assert tables != null;
        return parameters.number(tables);
    }

    private @Nullable SqlNode condition() {
        @Nullable SqlNode condition = null;
        if (cursor.takes("WHERE")) {
            int start = cursor.peek().start();
            if (atClause()) {
                throw cursor.unexpected("a condition");
            }
            skipToClause();
            condition = parameters.number(queries.expression(start, endOfClause()));
        }
        refuseReturning();
        cursor.expectEnd();
        return condition;
    }

    private void refuseReturning() {
        if (cursor.sees("RETURNING")) {
            throw cursor.notSupported(
                    cursor.peek(), "RETURNING is not supported; query the rows before");
        }
    }

    private boolean atClause() {
        SqlToken token = cursor.peek();
        return token.kind() == Kind.END
                || (token.kind() == Kind.WORD && CLAUSES.stream().anyMatch(token::isWord));
    }

    /// Moves to the next clause outside all parentheses, or to the end.
    private void skipToClause() {
        int depth = 0;
        boolean distinct = false;
        while (!cursor.atEnd() && (depth > 0 || !atClause() || distinct)) {
            SqlToken token = cursor.next();
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth--;
            }
            // IS DISTINCT FROM
            distinct = token.isWord("DISTINCT");
        }
    }

    private int endOfClause() {
        return cursor.peek().start();
    }

    private QuerySyntax clauses(
            SqlToken keyword, @Nullable SqlNode from, @Nullable SqlNode condition) {
        SqlParserPos at = SqlParserPos.ZERO;
        SqlSelect select =
                new SqlSelect(
                        at,
                        null,
                        SqlNodeList.EMPTY,
                        from,
                        condition,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return queries.syntax(keyword.start(), endOfClause(), select);
    }
}
