package io.basaltdb.query.sql;

import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.IfExists;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What stands behind CREATE MACRO and CREATE FUNCTION, in the spellings of three databases:
///
/// - `f(a, b := 1) AS a + b`, `t(n) AS TABLE SELECT …`
/// - `f(a INTEGER, b INTEGER) RETURNS INTEGER [LANGUAGE SQL] RETURN a + b`, or `AS 'SELECT a + b'`; `RETURNS TABLE (x INTEGER) AS 'SELECT …'`
/// - `f AS (a, b) -> a + b`
///
/// A parameter or result with a type becomes a cast in the text that is kept.
final class MacroParser {
    private final TokenCursor cursor;
    private final QueryParser queries;
    private final List<String> parameters = new ArrayList<>();
    private final List<@Nullable String> defaults = new ArrayList<>();
    private final List<@Nullable Type> types = new ArrayList<>();

    MacroParser(TokenCursor cursor, QueryParser queries) {
        this.cursor = cursor;
        this.queries = queries;
    }

    Statement parse(IfExists ifExists) {
        SqlToken first = cursor.peek();
        ObjectName name = cursor.objectName("a name");
        if (FunctionCatalog.find(name.name().toLowerCase(Locale.ROOT)) != null
                || AggregateCalls.isAggregate(name.name())) {
            throw cursor.error(
                    first,
                    ErrorCode.DUPLICATE_OBJECT,
                    "There is a function " + name.name() + " already; take another name");
        }
        if (cursor.takes("AS")) {
            return arrow(name, ifExists);
        }
        cursor.expectSymbol("(");
        while (!cursor.takesSymbol(")")) {
            parameter();
            if (!cursor.takesSymbol(",") && !cursor.peek().isSymbol(")")) {
                throw cursor.unexpected(", or )");
            }
        }
        if (cursor.sees("RETURNS")) {
            return function(name, ifExists);
        }
        cursor.expect("AS");
        if (cursor.takes("TABLE")) {
            return created(name, ifExists, true, query());
        }
        if (cursor.peek().kind() == Kind.STRING) {
            throw cursor.notSupported(
                    cursor.peek(),
                    "A body in quotes needs RETURNS before it: CREATE FUNCTION f(a INTEGER) RETURNS INTEGER AS"
                            + " 'SELECT a + 1'; or write AS a + 1");
        }
        return created(name, ifExists, false, expression());
    }

    /// `(a, b) -> a + b` or `a -> a + 1`.
    private Statement arrow(ObjectName name, IfExists ifExists) {
        if (cursor.peek().kind() == Kind.STRING) {
            throw cursor.notSupported(
                    cursor.peek(),
                    "Write CREATE FUNCTION f AS (x) -> x + 1, or"
                            + " CREATE FUNCTION f(INTEGER) RETURNS INTEGER LANGUAGE JAVA AS"
                            + " 'file.jar', 'package.Class.method'");
        }
        if (cursor.takesSymbol("(")) {
            do {
                add(cursor.peek(), cursor.name("a parameter name"), null, null);
            } while (cursor.takesSymbol(","));
            cursor.expectSymbol(")");
        } else {
            add(cursor.peek(), cursor.name("a parameter name"), null, null);
        }
        cursor.expectSymbol("->");
        return created(name, ifExists, false, expression());
    }

    private void parameter() {
        SqlToken at = cursor.peek();
        String name = cursor.name("a parameter name");
        SqlToken next = cursor.peek();
        @Nullable Type type =
                next.isSymbol(",")
                                || next.isSymbol(")")
                                || next.isSymbol(":=")
                                || next.isWord("DEFAULT")
                        ? null
                        : new TypeParser(cursor).parse();
        @Nullable String otherwise = null;
        if (cursor.takesSymbol(":=") || cursor.takes("DEFAULT")) {
            otherwise = cursor.expressionText("an expression");
            new QueryParser(otherwise).expression(0, otherwise.length());
        }
        add(at, name, type, otherwise);
    }

    private void add(SqlToken at, String name, @Nullable Type type, @Nullable String otherwise) {
        if (parameters.stream().anyMatch(name::equalsIgnoreCase)) {
            throw cursor.error(
                    at, ErrorCode.INVALID_DEFINITION, "There are two parameters " + name);
        }
        parameters.add(name);
        types.add(type);
        defaults.add(otherwise);
    }

    private Statement function(ObjectName name, IfExists ifExists) {
        cursor.expect("RETURNS");
        @Nullable List<String> columns = null;
        @Nullable Type result = null;
        if (cursor.takes("TABLE")) {
            columns = new ArrayList<>();
            cursor.expectSymbol("(");
            do {
                columns.add(cursor.name("a column name"));
                new TypeParser(cursor).parse();
            } while (cursor.takesSymbol(","));
            cursor.expectSymbol(")");
        } else {
            result = new TypeParser(cursor).parse();
        }
        while (cursor.takesAny("IMMUTABLE", "STABLE", "VOLATILE", "DETERMINISTIC")) {}
        if (cursor.takes("LANGUAGE")) {
            SqlToken language = cursor.peek();
            if (!cursor.takes("SQL")) {
                throw cursor.notSupported(language, "There are LANGUAGE SQL and LANGUAGE JAVA");
            }
        }
        while (cursor.takesAny("IMMUTABLE", "STABLE", "VOLATILE", "DETERMINISTIC")) {}
        String sql;
        if (cursor.takes("RETURN")) {
            sql = columns == null ? expression() : query();
        } else {
            cursor.expect("AS");
            SqlToken at = cursor.peek();
            String body = cursor.string("the body in quotes, 'SELECT …'").strip();
            cursor.expectEnd();
            sql = quoted(at, body, columns == null);
        }
        if (columns != null) {
            StringBuilder named =
                    new StringBuilder("SELECT * FROM (").append(sql).append(") AS t (");
            for (int i = 0; i < columns.size(); i++) {
                named.append(i == 0 ? "" : ", ").append(SqlNames.quoted(columns.get(i)));
            }
            return created(name, ifExists, true, named.append(')').toString());
        }
        assert result != null;
        return created(name, ifExists, false, "CAST((" + sql + ") AS " + result.sql() + ")");
    }

    /// A body that stands in quotes: a query.
    private String quoted(SqlToken at, String body, boolean isScalar) {
        String sql = body.endsWith(";") ? body.substring(0, body.length() - 1).strip() : body;
        try {
            new QueryParser(sql).query(0, sql.length());
        } catch (BasaltException e) {
            throw cursor.error(at, e.code(), "In the body: " + e.getMessage());
        }
        String cast = withCasts(sql);
        return isScalar ? "(" + cast + ")" : cast;
    }

    private String expression() {
        SqlToken first = cursor.peek();
        toEnd();
        queries.expression(first.start(), cursor.peek().start());
        return withCasts(cursor.source().substring(first.start(), cursor.peek().start()).strip());
    }

    private String query() {
        SqlToken first = cursor.peek();
        toEnd();
        queries.query(first.start(), cursor.peek().start());
        return withCasts(cursor.source().substring(first.start(), cursor.peek().start()).strip());
    }

    private void toEnd() {
        while (!cursor.atEnd()) {
            cursor.next();
        }
    }

    /// The text with every use of a parameter that has a type cast to it.
    private String withCasts(String sql) {
        List<SqlToken> tokens = SqlLexer.tokens(sql);
        StringBuilder cast = new StringBuilder();
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            @Nullable Type type = typeOf(token);
            if (type != null && isWhole(tokens, i)) {
                cast.append(sql, at, token.start())
                        .append("CAST(")
                        .append(sql, token.start(), token.end())
                        .append(" AS ")
                        .append(type.sql())
                        .append(')');
                at = token.end();
            }
        }
        return cast.append(sql.substring(at)).toString();
    }

    /// Whether a name is all of a name: no part of `a.b`, no function, and not one that something is given.
    private static boolean isWhole(List<SqlToken> tokens, int i) {
        boolean continues =
                i > 0 && (tokens.get(i - 1).isSymbol(".") || tokens.get(i - 1).isWord("AS"));
        SqlToken next = tokens.get(i + 1);
        return !continues && !next.isSymbol("(") && !next.isSymbol(".");
    }

    private @Nullable Type typeOf(SqlToken token) {
        if (!token.isName()) {
            return null;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).equalsIgnoreCase(token.text())) {
                return types.get(i);
            }
        }
        return null;
    }

    private Statement created(ObjectName name, IfExists ifExists, boolean isTable, String sql) {
        cursor.expectEnd();
        return new Statement.CreateMacro(name, ifExists, parameters, defaults, isTable, sql);
    }
}
