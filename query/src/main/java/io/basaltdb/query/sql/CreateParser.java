package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.IfExists;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.query.sql.Statement.TableLayout;
import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// CREATE TABLE, SCHEMA, VIEW, MACRO, FUNCTION, AGGREGATE, TYPE.
final class CreateParser {
    private final TokenCursor cursor;
    private final QueryParser queries;

    CreateParser(TokenCursor cursor, QueryParser queries) {
        this.cursor = cursor;
        this.queries = queries;
    }

    Statement parse() {
        cursor.next();
        boolean replace = cursor.takes("OR", "REPLACE");
        SqlToken what = cursor.peek();
        if (cursor.takes("TABLE")) {
            return table(replace);
        }
        if (cursor.takes("VIEW")) {
            return view(replace);
        }
        if (cursor.takesAny("SCHEMA", "DATABASE")) {
            IfExists ifExists = ifNotExists(replace);
            String name = cursor.name("a schema name");
            cursor.expectEnd();
            return new Statement.CreateSchema(name, ifExists);
        }
        if (cursor.takes("TYPE")) {
            return type(replace);
        }
        if (cursor.takes("AGGREGATE")) {
            cursor.takes("FUNCTION");
            return new JavaRoutineParser(cursor).parse(ifNotExists(replace), true);
        }
        if (cursor.takesAny("MACRO", "FUNCTION")) {
            IfExists ifExists = ifNotExists(replace);
            return JavaRoutineParser.isAhead(cursor)
                    ? new JavaRoutineParser(cursor).parse(ifExists, false)
                    : new MacroParser(cursor, queries).parse(ifExists);
        }
        if (what.kind() == Kind.WORD) {
            String word = what.text().toUpperCase(Locale.ROOT);
            String instead = Unsupported.created(word);
            throw cursor.notSupported(
                    what,
                    "CREATE "
                            + word
                            + " is not supported; "
                            + (instead == null
                                    ? "there are CREATE TABLE, VIEW, SCHEMA, MACRO, FUNCTION, AGGREGATE, TYPE"
                                    : instead));
        }
        throw cursor.unexpected("TABLE, VIEW or SCHEMA");
    }

    private Statement type(boolean replace) {
        IfExists ifExists = ifNotExists(replace);
        SqlToken first = cursor.peek();
        String name = typeName(cursor);
        if (TypeNames.isTaken(name)) {
            throw cursor.error(
                    first,
                    ErrorCode.DUPLICATE_OBJECT,
                    "There is a type " + name + " already; take another name");
        }
        cursor.expect("AS");
        SqlToken what = cursor.peek();
        if (!TypeParser.isEnum(what)) {
            throw cursor.notSupported(
                    what,
                    "CREATE TYPE takes a list of labels: CREATE TYPE "
                            + name
                            + " AS ENUM ('a', 'b'); other types, such as STRUCT(a INTEGER), are written where the column stands");
        }
        if (!(new TypeParser(cursor).parse() instanceof Type.Enumeration labels)) {
            throw cursor.notSupported(
                    what,
                    "CREATE TYPE takes one list of labels; write "
                            + name
                            + "[] where a column is a list");
        }
        cursor.expectEnd();
        return new Statement.CreateType(new Type.Enumeration(name, labels.labels()), ifExists);
    }

    /// Types belong to the database and to no schema.
    static String typeName(TokenCursor cursor) {
        SqlToken first = cursor.peek();
        ObjectName name = cursor.objectName("the name of a type");
        if (name.schema() != null && !name.schema().equalsIgnoreCase(Catalog.DEFAULT_SCHEMA)) {
            throw cursor.notSupported(
                    first, "Types belong to no schema; write " + name.name() + " alone");
        }
        return name.name();
    }

    private IfExists ifNotExists(boolean replace) {
        if (cursor.takes("IF", "NOT", "EXISTS")) {
            return IfExists.SKIP;
        }
        return replace ? IfExists.REPLACE : IfExists.FAIL;
    }

    private Statement view(boolean replace) {
        IfExists ifExists = ifNotExists(replace);
        ObjectName name = cursor.objectName("a view name");
        List<String> columns =
                cursor.peek().isSymbol("(")
                        ? cursor.namesInParentheses("a column name")
                        : List.of();
        cursor.expect("AS");
        return new Statement.CreateView(name, ifExists, columns, restAsQuery());
    }

    private Statement table(boolean replace) {
        IfExists ifExists = ifNotExists(replace);
        ObjectName name = cursor.objectName("a table name");
        if (cursor.takes("LIKE")) {
            return like(name, ifExists, false);
        }
        if (cursor.peek().isSymbol("(")
                && cursor.peek(1).isWord("LIKE")
                && cursor.peek(2).isName()) {
            cursor.next();
            cursor.next();
            return like(name, ifExists, true);
        }
        ColumnListParser columns = new ColumnListParser(cursor);
        if (cursor.peek().isSymbol("(")) {
            columns.parse();
        }
        TableLayout layout = new LayoutParser(cursor).parse(columns.primaryKey(), columns.checks());
        if (cursor.takes("AS")) {
            return tableAs(name, ifExists, columns, layout);
        }
        cursor.expectEnd();
        if (columns.columns().isEmpty()) {
            throw cursor.error(
                    cursor.peek(),
                    ErrorCode.SYNTAX_ERROR,
                    "Table " + name + " needs columns: CREATE TABLE " + name + " (name TYPE, …)");
        }
        if (!columns.untyped().isEmpty()) {
            throw cursor.error(
                    columns.untyped().getFirst(),
                    ErrorCode.SYNTAX_ERROR,
                    "Column " + columns.untyped().getFirst().text() + " has no type");
        }
        return new Statement.CreateTable(name, ifExists, columns.columns(), layout);
    }

    private Statement tableAs(
            ObjectName name, IfExists ifExists, ColumnListParser columns, TableLayout layout) {
        if (!columns.columns().isEmpty()) {
            throw cursor.notSupported(
                    cursor.peek(),
                    "CREATE TABLE AS takes column names without types; cast in the query instead");
        }
        List<String> names = new ArrayList<>();
        for (SqlToken column : columns.untyped()) {
            names.add(column.text());
        }
        return new Statement.CreateTableAs(name, ifExists, names, layout, restAsQuery());
    }

    private Statement like(ObjectName name, IfExists ifExists, boolean parentheses) {
        ObjectName template = cursor.objectName("a table name");
        if (parentheses) {
            cursor.takes("INCLUDING", "ALL");
            cursor.expectSymbol(")");
        }
        cursor.expectEnd();
        return new Statement.CreateTableLike(name, ifExists, template);
    }

    private QuerySyntax restAsQuery() {
        int start = cursor.peek().start();
        while (!cursor.atEnd()) {
            cursor.next();
        }
        return queries.query(start, cursor.peek().start());
    }
}
