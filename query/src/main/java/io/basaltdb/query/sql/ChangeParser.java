package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.query.sql.Statement.OnConflict;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// UPDATE and DELETE, and the clauses that INSERT shares with them.
final class ChangeParser {
    private static final Set<String> CLAUSES = Set.of("USING", "SET", "FROM", "WHERE", "RETURNING");

    private final TokenCursor cursor;
    private final QueryParser queries;
    private final ParameterNumbers parameters;

    ChangeParser(TokenCursor cursor, QueryParser queries) {
        this(cursor, queries, new ParameterNumbers());
    }

    ChangeParser(TokenCursor cursor, QueryParser queries, ParameterNumbers parameters) {
        this.cursor = cursor;
        this.queries = queries;
        this.parameters = parameters;
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
        QuerySyntax rows = clauses(keyword, SqlNodeList.EMPTY, others, condition());
        return new Statement.Delete(target, alias, rows, returning());
    }

    /// UPDATE table [[AS] alias] SET column = value, … [FROM tables] [WHERE condition].
    Statement update() {
        SqlToken keyword = cursor.next();
        SqlToken name = cursor.peek();
        ObjectName target = cursor.objectName("a table name");
        String alias = alias(target);
        List<String> columns = new ArrayList<>();
        SqlNodeList values = assignments(columns);
        @Nullable SqlNode others =
                cursor.sees("FROM") ? tables(keyword, name, cursor.next()) : null;
        QuerySyntax rows = clauses(keyword, values, others, condition());
        return new Statement.Update(target, alias, columns, rows, returning());
    }

    /// SET column = value, … [WHERE condition] of ON CONFLICT DO UPDATE.
    OnConflict.Update conflictUpdate() {
        SqlToken keyword = cursor.peek();
        List<String> columns = new ArrayList<>();
        SqlNodeList values = assignments(columns);
        return new OnConflict.Update(columns, clauses(keyword, values, null, condition()));
    }

    private SqlNodeList assignments(List<String> columns) {
        cursor.expect("SET");
        List<SqlNode> values = new ArrayList<>();
        do {
            assignment(columns, values);
        } while (cursor.takesSymbol(","));
        return new SqlNodeList(values, SqlParserPos.ZERO);
    }

    /// `column = value` or `(columns) = (values)`.
    private void assignment(List<String> columns, List<SqlNode> values) {
        if (!cursor.peek().isSymbol("(")) {
            columns.add(cursor.name("a column name"));
            cursor.expectSymbol("=");
            values.add(value());
            return;
        }
        List<String> names = cursor.namesInParentheses("a column name");
        columns.addAll(names);
        cursor.expectSymbol("=");
        cursor.takes("ROW");
        SqlToken row = cursor.peek();
        cursor.expectSymbol("(");
        if (cursor.sees("SELECT") || cursor.sees("WITH")) {
            throw cursor.notSupported(
                    row,
                    "SET (columns) = (query) is not supported; use UPDATE … FROM (query) AS q");
        }
        int before = values.size();
        do {
            values.add(value());
        } while (cursor.takesSymbol(","));
        cursor.expectSymbol(")");
        if (values.size() - before != names.size()) {
            throw cursor.error(
                    row,
                    ErrorCode.SYNTAX_ERROR,
                    "SET names "
                            + names.size()
                            + " columns, but this row has "
                            + (values.size() - before)
                            + " values");
        }
    }

    /// An expression up to a comma, the parenthesis around it or the next clause; or DEFAULT.
    private SqlNode value() {
        SqlToken first = cursor.peek();
        if (atClause() || first.isSymbol(",") || first.isSymbol(")")) {
            throw cursor.unexpected("a value");
        }
        skipTo(true);
        int end = cursor.endOfLast();
        if (first.isWord("DEFAULT") && first.end() == end) {
            return SqlStdOperatorTable.DEFAULT.createCall(SqlParserPos.ZERO);
        }
        return parameters.number(queries.expression(first.start(), end));
    }

    String alias(ObjectName target) {
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
        return condition;
    }

    /// RETURNING and the list behind it, up to the end of the statement; null where there is none.
    @Nullable QuerySyntax returning() {
        SqlToken keyword = cursor.peek();
        if (!cursor.takes("RETURNING")) {
            cursor.expectEnd();
            return null;
        }
        if (cursor.atEnd()) {
            throw cursor.unexpected("columns or *");
        }
        while (!cursor.atEnd()) {
            cursor.next();
        }
        QuerySyntax list = queries.selectList(keyword, endOfClause());
        return new QuerySyntax(list.sql(), parameters.number(list.tree()), list.text());
    }

    private boolean atClause() {
        SqlToken token = cursor.peek();
        return token.kind() == Kind.END
                || (token.kind() == Kind.WORD && CLAUSES.stream().anyMatch(token::isWord));
    }

    /// Moves to the next clause outside all parentheses, or to the end.
    private void skipToClause() {
        skipTo(false);
    }

    /// @param inList whether a comma or a closing parenthesis that was not opened ends it too
    private void skipTo(boolean inList) {
        int depth = 0;
        boolean distinct = false;
        while (!cursor.atEnd() && (depth > 0 || !atClause() || distinct)) {
            SqlToken token = cursor.peek();
            if (inList && depth == 0 && (token.isSymbol(",") || token.isSymbol(")"))) {
                return;
            }
            cursor.next();
            if (token.opens()) {
                depth++;
            } else if (token.closes()) {
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
            SqlToken keyword,
            SqlNodeList columns,
            @Nullable SqlNode from,
            @Nullable SqlNode condition) {
        SqlParserPos at = SqlParserPos.ZERO;
        SqlSelect select =
                new SqlSelect(
                        at, null, columns, from, condition, null, null, null, null, null, null,
                        null, null);
        return queries.syntax(keyword.start(), endOfClause(), select);
    }
}
