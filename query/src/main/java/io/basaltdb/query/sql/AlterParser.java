package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// ALTER TABLE, and ALTER TYPE … ADD VALUE.
final class AlterParser {
    private static final String ACTIONS =
            "ADD COLUMN, DROP COLUMN, DROP PARTITION, ADD CONSTRAINT, DROP CONSTRAINT, ALTER COLUMN, RENAME COLUMN, RENAME TO, SET (option = value), SET TTL or DROP TTL";

    private final TokenCursor cursor;

    AlterParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Statement parse() {
        cursor.next();
        SqlToken what = cursor.peek();
        if (cursor.takes("TYPE")) {
            return type();
        }
        if (!cursor.takes("TABLE")) {
            if (what.kind() == Kind.WORD) {
                throw cursor.notSupported(
                        what,
                        "ALTER "
                                + what.text().toUpperCase(Locale.ROOT)
                                + " is not supported; there are ALTER TABLE and ALTER TYPE");
            }
            throw cursor.unexpected("TABLE");
        }
        boolean ifExists = cursor.takes("IF", "EXISTS");
        ObjectName table = cursor.objectName("a table name");
        List<Alteration> actions = new ArrayList<>();
        do {
            actions.add(action());
        } while (cursor.takesSymbol(","));
        cursor.expectEnd();
        return new Statement.AlterTable(table, ifExists, actions);
    }

    private Statement type() {
        String name = CreateParser.typeName(cursor);
        SqlToken what = cursor.peek();
        if (!cursor.takes("ADD", "VALUE")) {
            throw what.kind() == Kind.WORD
                    ? cursor.notSupported(
                            what,
                            "ALTER TYPE takes ADD VALUE 'label', which comes behind the others; for anything else create another type and give the columns that: ALTER TABLE t ALTER COLUMN c TYPE other")
                    : cursor.unexpected("ADD VALUE");
        }
        boolean ifNotExists = cursor.takes("IF", "NOT", "EXISTS");
        SqlToken place = cursor.peek();
        String label = cursor.string("a label in quotes");
        if (label.indexOf(0) >= 0) {
            throw cursor.error(
                    place,
                    ErrorCode.INVALID_DEFINITION,
                    "A label cannot have the character U+0000");
        }
        if (cursor.sees("BEFORE") || cursor.sees("AFTER")) {
            throw cursor.notSupported(
                    cursor.peek(),
                    "A label is added behind the others, since values keep their order; leave "
                            + cursor.peek().text().toUpperCase(Locale.ROOT)
                            + " out");
        }
        cursor.expectEnd();
        return new Statement.AlterType(name, label, ifNotExists);
    }

    private Alteration action() {
        SqlToken verb = cursor.peek();
        if (cursor.takes("ADD")) {
            return add();
        }
        if (cursor.takes("DROP")) {
            return drop();
        }
        if (cursor.takes("SET", "TTL") || cursor.takes("MODIFY", "TTL")) {
            return new Alteration.SetTtl(cursor.expressionText("an expression"));
        }
        if (cursor.sees("SET") && cursor.peek(1).isSymbol("(")) {
            cursor.next();
            return new Alteration.SetOptions(new OptionParser(cursor).inParentheses());
        }
        if (cursor.takes("REMOVE", "TTL")) {
            return new Alteration.SetTtl(null);
        }
        if (cursor.takes("RENAME")) {
            return rename();
        }
        if (cursor.takes("ALTER")) {
            cursor.takes("COLUMN");
            return column(cursor.name("a column name"));
        }
        if (verb.kind() == Kind.WORD) {
            throw cursor.notSupported(
                    verb,
                    "ALTER TABLE … "
                            + verb.text().toUpperCase(Locale.ROOT)
                            + " is not supported; there are "
                            + ACTIONS);
        }
        throw cursor.unexpected(ACTIONS);
    }

    private Alteration add() {
        if (cursor.sees("CONSTRAINT") || (cursor.sees("CHECK") && cursor.peek(1).isSymbol("("))) {
            return new Alteration.AddCheck(new ColumnListParser(cursor).addedCheck());
        }
        cursor.takes("COLUMN");
        boolean ifNotExists = cursor.takes("IF", "NOT", "EXISTS");
        return new Alteration.AddColumn(new ColumnListParser(cursor).added(), ifNotExists);
    }

    private Alteration drop() {
        boolean isColumn = cursor.peek(1).kind() == Kind.END || cursor.peek(1).isSymbol(",");
        if (!isColumn && cursor.takes("PARTITION")) {
            return partition();
        }
        if (cursor.sees("TTL") && isColumn) {
            cursor.next();
            return new Alteration.SetTtl(null);
        }
        if (!isColumn && cursor.takes("CONSTRAINT")) {
            boolean ifExists = cursor.takes("IF", "EXISTS");
            return new Alteration.DropConstraint(cursor.name("the name of a constraint"), ifExists);
        }
        cursor.takes("COLUMN");
        boolean ifExists = cursor.takes("IF", "EXISTS");
        String name = cursor.name("a column name");
        cursor.takesAny("CASCADE", "RESTRICT");
        return new Alteration.DropColumn(name, ifExists);
    }

    private Alteration partition() {
        if (!cursor.takesSymbol("(")) {
            return new Alteration.DropPartition(List.of(cursor.expressionText("a value")));
        }
        List<String> values = new ArrayList<>();
        do {
            values.add(cursor.expressionText("a value"));
        } while (cursor.takesSymbol(","));
        cursor.expectSymbol(")");
        return new Alteration.DropPartition(values);
    }

    private Alteration rename() {
        if (cursor.takes("TO")) {
            return new Alteration.RenameTable(cursor.name("a table name"));
        }
        cursor.takes("COLUMN");
        String column = cursor.name("a column name");
        cursor.expect("TO");
        return new Alteration.RenameColumn(column, cursor.name("a column name"));
    }

    private Alteration column(String name) {
        if (cursor.takes("SET", "DEFAULT")) {
            return new Alteration.SetDefault(name, cursor.expressionText("an expression"));
        }
        if (cursor.takes("DROP", "DEFAULT")) {
            return new Alteration.SetDefault(name, null);
        }
        if (cursor.takes("SET", "NOT", "NULL")) {
            return new Alteration.SetNullable(name, false);
        }
        if (cursor.takes("DROP", "NOT", "NULL")) {
            return new Alteration.SetNullable(name, true);
        }
        if (cursor.takes("SET", "DATA", "TYPE") || cursor.takes("TYPE")) {
            Type type = new TypeParser(cursor).parse();
            return new Alteration.SetType(
                    name,
                    type,
                    cursor.takes("USING") ? cursor.expressionText("an expression") : null);
        }
        throw cursor.unexpected("TYPE, SET DEFAULT, DROP DEFAULT, SET NOT NULL or DROP NOT NULL");
    }
}
