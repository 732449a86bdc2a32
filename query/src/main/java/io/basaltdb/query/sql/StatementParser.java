package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.Explain;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Text of one statement → [Statement].
///
/// Queries and expressions are the generated grammar's; everything around them is read here, token by token, because what a
/// user gets wrong in a definition deserves a sentence instead of a list of two hundred expected tokens.
final class StatementParser {
    private final TokenCursor cursor;
    private final QueryParser queries;

    private StatementParser(String sql, List<SqlToken> tokens, NamedTypes types) {
        this.cursor = new TokenCursor(sql, tokens, types);
        this.queries = new QueryParser(sql, tokens);
    }

    /// @throws BasaltException with the place in the text
    static Statement parse(String sql) {
        return parse(sql, NamedTypes.NONE);
    }

    /// @param types that the text can name
    static Statement parse(String sql, NamedTypes types) {
        List<SqlToken> tokens = SqlLexer.tokens(sql);
        ComplexityLimit.check(sql, tokens);
        StatementParser parser = new StatementParser(sql, withoutTrailingSemicolons(tokens), types);
        return parser.statement();
    }

    private static List<SqlToken> withoutTrailingSemicolons(List<SqlToken> tokens) {
        int end = tokens.size() - 1;
        while (end > 0 && tokens.get(end - 1).isSymbol(";")) {
            end--;
        }
        if (end == tokens.size() - 1) {
            return tokens;
        }
        List<SqlToken> shorter = new java.util.ArrayList<>(tokens.subList(0, end));
        int at = tokens.get(end).start();
        shorter.add(new SqlToken(Kind.END, at, at, ""));
        return shorter;
    }

    private Statement statement() {
        SqlToken first = cursor.peek();
        if (first.kind() == Kind.END) {
            throw cursor.error(first, ErrorCode.SYNTAX_ERROR, "The statement is empty");
        }
        if (startsQuery(first)) {
            return new Statement.Query(restAsQuery());
        }
        if (first.kind() != Kind.WORD) {
            throw cursor.unexpected("a statement");
        }
        return switch (first.text().toUpperCase(Locale.ROOT)) {
            case "INSERT" -> new InsertParser(cursor, queries).parse();
            case "DELETE" -> new ChangeParser(cursor, queries).delete();
            case "UPDATE" -> new ChangeParser(cursor, queries).update();
            case "MERGE" -> new MergeParser(cursor).parse();
            case "PIVOT", "PIVOT_WIDER" -> new PivotParser(cursor, queries).pivot();
            case "UNPIVOT", "PIVOT_LONGER" -> new PivotParser(cursor, queries).unpivot();
            case "COPY" -> new CopyParser(cursor, queries).parse();
            case "CREATE" -> new CreateParser(cursor, queries).parse();
            case "ALTER" -> new AlterParser(cursor).parse();
            case "DROP" -> drop();
            case "COMMENT" -> comment();
            case "TRUNCATE" -> truncate();
            case "EXPLAIN" -> explain();
            case "SHOW" -> new ShowParser(cursor).parse();
            case "DESCRIBE", "DESC" -> describe();
            case "SUMMARIZE" -> summarize();
            case "PREPARE" -> prepare();
            case "EXECUTE" -> execute();
            case "DEALLOCATE" -> deallocate();
            case "SET" -> new SettingParser(cursor).set();
            case "RESET" -> new SettingParser(cursor).reset();
            case "USE" -> use();
            case "BEGIN", "START" -> begin();
            case "COMMIT", "END" -> commit();
            case "ROLLBACK", "ABORT" -> rollback();
            case "KILL" -> kill();
            case "CHECKPOINT" -> finished(takeAnd(new Statement.Checkpoint()));
            case "OPTIMIZE" -> optimize();
            case "CHECK" -> check();
            case "RESTORE" -> restore();
            default -> throw Unsupported.statement(cursor);
        };
    }

    private static boolean startsQuery(SqlToken token) {
        return token.isSymbol("(")
                || token.isWord("SELECT")
                || token.isWord("WITH")
                || token.isWord("FROM")
                || token.isWord("VALUES")
                || token.isWord("TABLE");
    }

    private QuerySyntax restAsQuery() {
        SqlToken clause = cursor.findAhead("SETTINGS");
        Unsupported.refuseJoins(cursor);
        QuerySyntax query;
        try {
            query = queries.query(cursor.peek().start(), endOffset());
        } catch (BasaltException e) {
            throw Unsupported.explained(cursor, clause, e);
        }
        return query;
    }

    private int endOffset() {
        int end = cursor.source().length();
        for (int distance = 0; ; distance++) {
            SqlToken token = cursor.peek(distance);
            if (token.kind() == Kind.END) {
                return Math.min(end, token.start());
            }
        }
    }

    private Statement finished(Statement statement) {
        cursor.expectEnd();
        return statement;
    }

    private Statement takeAnd(Statement statement) {
        cursor.next();
        return statement;
    }

    private Statement drop() {
        cursor.next();
        SqlToken what = cursor.peek();
        if (cursor.takes("TABLE")) {
            boolean ifExists = cursor.takes("IF", "EXISTS");
            List<ObjectName> names = objectNames("a table name");
            cursor.takesAny("CASCADE", "RESTRICT");
            return finished(new Statement.DropTable(names, ifExists));
        }
        if (cursor.takes("VIEW")) {
            boolean ifExists = cursor.takes("IF", "EXISTS");
            List<ObjectName> names = objectNames("a view name");
            cursor.takesAny("CASCADE", "RESTRICT");
            return finished(new Statement.DropView(names, ifExists));
        }
        if (cursor.takes("TYPE")) {
            boolean ifExists = cursor.takes("IF", "EXISTS");
            List<String> names = new java.util.ArrayList<>();
            do {
                names.add(CreateParser.typeName(cursor));
            } while (cursor.takesSymbol(","));
            if (cursor.sees("CASCADE")) {
                throw cursor.notSupported(
                        cursor.peek(),
                        "DROP TYPE … CASCADE is not supported; drop the columns that use the type first");
            }
            cursor.takes("RESTRICT");
            return finished(new Statement.DropType(names, ifExists));
        }
        boolean isAggregate = cursor.takes("AGGREGATE");
        boolean isMacro = !isAggregate && cursor.takes("MACRO");
        if (isAggregate || isMacro || cursor.takes("FUNCTION")) {
            cursor.takes(isAggregate ? "FUNCTION" : "TABLE");
            boolean ifExists = cursor.takes("IF", "EXISTS");
            return finished(new Statement.DropMacro(objectNames("a macro's name"), ifExists));
        }
        if (cursor.takes("PART")) {
            String name = cursor.string("the name of a part as system.parts shows it, in quotes");
            cursor.expect("FORGET");
            return finished(new Statement.ForgetPart(name));
        }
        if (cursor.takesAny("SCHEMA", "DATABASE")) {
            boolean ifExists = cursor.takes("IF", "EXISTS");
            String name = cursor.name("a schema name");
            boolean cascade = cursor.takes("CASCADE");
            cursor.takes("RESTRICT");
            return finished(new Statement.DropSchema(name, ifExists, cascade));
        }
        if (what.kind() == Kind.WORD) {
            throw cursor.notSupported(
                    what,
                    "DROP "
                            + what.text().toUpperCase(Locale.ROOT)
                            + " is not supported; there are DROP TABLE, VIEW, SCHEMA, MACRO, TYPE, PART");
        }
        throw cursor.unexpected("TABLE, VIEW or SCHEMA");
    }

    private List<ObjectName> objectNames(String what) {
        List<ObjectName> names = new java.util.ArrayList<>();
        do {
            names.add(cursor.objectName(what));
        } while (cursor.takesSymbol(","));
        return names;
    }

    /// COMMENT ON TABLE t IS 'text', COMMENT ON COLUMN t.c IS NULL.
    private Statement comment() {
        cursor.next();
        cursor.expect("ON");
        SqlToken what = cursor.peek();
        boolean isColumn = cursor.takes("COLUMN");
        if (!isColumn && !cursor.takesAny("TABLE", "VIEW")) {
            if (what.kind() == Kind.WORD) {
                throw cursor.notSupported(
                        what, "COMMENT ON takes TABLE, VIEW or COLUMN, not " + what.text());
            }
            throw cursor.unexpected("TABLE, VIEW or COLUMN");
        }
        ObjectName object = isColumn ? null : cursor.objectName("a name");
        String column = null;
        if (object == null) {
            List<String> names = new java.util.ArrayList<>();
            SqlToken first = cursor.peek();
            do {
                names.add(cursor.name("the name of a column behind that of its table"));
            } while (cursor.takesSymbol("."));
            if (names.size() < 2 || names.size() > 3) {
                throw cursor.error(
                        first,
                        ErrorCode.SYNTAX_ERROR,
                        "Expected table.column or schema.table.column");
            }
            column = names.getLast();
            object =
                    new ObjectName(
                            names.size() == 3 ? names.get(0) : null, names.get(names.size() - 2));
        }
        cursor.expect("IS");
        String text = cursor.takes("NULL") ? "" : cursor.string("a text in quotes, or NULL");
        return finished(new Statement.CommentOn(object, column, text));
    }

    private Statement truncate() {
        cursor.next();
        cursor.takes("TABLE");
        return finished(new Statement.Truncate(cursor.objectName("a table name")));
    }

    private Statement explain() {
        cursor.next();
        boolean analyze = false;
        Explain.Format format = Explain.Format.TEXT;
        if (cursor.peek().isSymbol("(") && !startsQuery(cursor.peek(1))) {
            Map<String, String> options = new OptionParser(cursor).inParentheses();
            analyze = OptionParser.isTrue(options.getOrDefault("analyze", "false"));
            format =
                    options.getOrDefault("format", "text").equalsIgnoreCase("json")
                            ? Explain.Format.JSON
                            : Explain.Format.TEXT;
        } else if (cursor.takes("PLAN")) {
            cursor.expect("FOR");
        } else {
            analyze = cursor.takes("ANALYZE");
            cursor.takes("VERBOSE");
        }
        SqlToken inner = cursor.peek();
        Statement statement = statement();
        if (!(statement instanceof Statement.Query
                || statement instanceof Statement.Insert
                || statement instanceof Statement.Delete
                || statement instanceof Statement.Update
                || statement instanceof Statement.CreateTableAs)) {
            throw cursor.notSupported(
                    inner, "EXPLAIN takes a query, INSERT, UPDATE, DELETE or CREATE TABLE AS");
        }
        return new Explain(statement, analyze, format);
    }

    private Statement describe() {
        cursor.next();
        if (startsQuery(cursor.peek()) && !cursor.peek().isWord("TABLE")) {
            return new Statement.DescribeQuery(restAsQuery());
        }
        cursor.takes("TABLE");
        return finished(new Statement.Describe(cursor.objectName("a table name")));
    }

    private Statement summarize() {
        cursor.next();
        if (startsQuery(cursor.peek()) && !cursor.peek().isWord("TABLE")) {
            return new Statement.Summarize(restAsQuery());
        }
        cursor.takes("TABLE");
        ObjectName table = cursor.objectName("a table name");
        String schema = table.schema();
        return finished(
                new Statement.Summarize(
                        QueryParser.generated(
                                "SELECT * FROM "
                                        + (schema == null ? "" : SqlNames.quoted(schema) + ".")
                                        + SqlNames.quoted(table.name()))));
    }

    /// PREPARE name [(types)] AS statement.
    private Statement prepare() {
        cursor.next();
        String name = cursor.name("a name");
        if (cursor.takesSymbol("(")) {
            cursor.moveTo(cursor.endOfParenthesis() + 1);
        }
        cursor.expect("AS");
        SqlToken first = cursor.peek();
        if (first.isWord("PREPARE") || first.isWord("EXECUTE")) {
            throw cursor.unexpected("a statement that reads or writes rows");
        }
        String sql = cursor.source().substring(first.start(), endOffset()).strip();
        parse(sql, cursor.types());
        return new Statement.Prepare(name, sql);
    }

    /// EXECUTE name [(values)].
    private Statement execute() {
        cursor.next();
        String name = cursor.name("the name of a prepared statement");
        SqlToken open = cursor.peek();
        if (!cursor.takesSymbol("(")) {
            return finished(new Statement.Execute(name, null));
        }
        int close = cursor.endOfParenthesis();
        if (cursor.peek().isSymbol(")")) {
            throw cursor.unexpected("a value; without values write EXECUTE " + name);
        }
        String values = cursor.source().substring(open.start(), cursor.token(close).end());
        cursor.moveTo(close + 1);
        return finished(new Statement.Execute(name, QueryParser.generated("VALUES " + values)));
    }

    /// DEALLOCATE [PREPARE] name, DEALLOCATE [PREPARE] ALL.
    private Statement deallocate() {
        cursor.next();
        cursor.takes("PREPARE");
        return finished(
                cursor.takes("ALL")
                        ? new Statement.Deallocate(null)
                        : new Statement.Deallocate(
                                cursor.name("the name of a prepared statement")));
    }

    private Statement use() {
        cursor.next();
        cursor.takesAny("SCHEMA", "DATABASE");
        ObjectName name = cursor.objectName("a schema name");
        if (name.schema() != null && !name.schema().equalsIgnoreCase(Dialect.CATALOG)) {
            throw cursor.error(
                    cursor.peek(),
                    ErrorCode.INVALID_SCHEMA_NAME,
                    "There is no catalog " + name.schema());
        }
        return finished(new Statement.Use(name.name()));
    }

    private Statement begin() {
        if (cursor.next().isWord("START")) {
            cursor.expect("TRANSACTION");
        } else {
            cursor.takesAny("TRANSACTION", "WORK");
        }
        boolean readOnly = false;
        boolean more = !cursor.atEnd();
        while (more) {
            if (cursor.takes("ISOLATION", "LEVEL")) {
                isolation();
            } else if (cursor.takes("READ", "ONLY")) {
                readOnly = true;
            } else if (cursor.takes("READ", "WRITE")) {
                readOnly = false;
            } else {
                throw cursor.unexpected("ISOLATION LEVEL, READ ONLY or READ WRITE");
            }
            more = cursor.takesSymbol(",") || !cursor.atEnd();
        }
        return new Statement.Begin(readOnly);
    }

    /// Every transaction reads one snapshot, which is more than the weaker levels ask.
    private void isolation() {
        SqlToken level = cursor.peek();
        if (cursor.takes("SERIALIZABLE")) {
            throw cursor.notSupported(
                    level,
                    "ISOLATION LEVEL SERIALIZABLE is not supported; transactions are isolated by"
                            + " snapshot, which is REPEATABLE READ");
        }
        if (!cursor.takes("REPEATABLE", "READ")
                && !cursor.takes("READ", "COMMITTED")
                && !cursor.takes("READ", "UNCOMMITTED")
                && !cursor.takes("SNAPSHOT")) {
            throw cursor.unexpected("REPEATABLE READ");
        }
    }

    private Statement commit() {
        cursor.next();
        cursor.takesAny("TRANSACTION", "WORK");
        return finished(new Statement.Commit());
    }

    private Statement rollback() {
        cursor.next();
        cursor.takesAny("TRANSACTION", "WORK");
        if (cursor.sees("TO")) {
            throw cursor.notSupported(
                    cursor.peek(),
                    "ROLLBACK TO is not supported, there are no savepoints; ROLLBACK takes the whole"
                            + " transaction back");
        }
        return finished(new Statement.Rollback());
    }

    private Statement kill() {
        cursor.next();
        cursor.takes("QUERY");
        SqlToken id = cursor.next();
        if (id.kind() != Kind.NUMBER && id.kind() != Kind.STRING) {
            throw cursor.error(
                    id,
                    ErrorCode.SYNTAX_ERROR,
                    "Expected the id of a query as system.queries shows it, found "
                            + id.described(cursor.source()));
        }
        return finished(new Statement.Kill(id.text()));
    }

    private Statement check() {
        cursor.next();
        cursor.expect("TABLE");
        return finished(new Statement.CheckTable(cursor.objectName("a table name")));
    }

    private Statement restore() {
        cursor.next();
        cursor.expect("PART");
        String name = cursor.string("the name of a part as system.parts shows it, in quotes");
        return finished(new Statement.RestorePart(name));
    }

    private Statement optimize() {
        cursor.next();
        cursor.takes("TABLE");
        ObjectName table = cursor.objectName("a table name");
        cursor.takes("FINAL");
        return finished(new Statement.Optimize(table));
    }
}
