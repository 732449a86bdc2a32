package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.query.sql.Statement.CheckSpec;
import io.basaltdb.query.sql.Statement.ColumnSpec;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parenthesis of CREATE TABLE: columns with their types and constraints, and constraints of the table.
final class ColumnListParser {
    private static final String[] ENDS_OF_DEFAULT = {
        "NOT",
        "PRIMARY",
        "UNIQUE",
        "CHECK",
        "CONSTRAINT",
        "GENERATED",
        "REFERENCES",
        "CODEC",
        "COLLATE",
        "COMMENT"
    };

    private final TokenCursor cursor;
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final List<SqlToken> untyped = new ArrayList<>();
    private final List<String> uniqueColumns = new ArrayList<>();
    private @Nullable SqlToken unique;
    private final List<String> primaryKey = new ArrayList<>();
    private final List<CheckSpec> checks = new ArrayList<>();

    ColumnListParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    List<ColumnSpec> columns() {
        return columns;
    }

    /// Columns that have a name only, as CREATE TABLE AS allows.
    List<SqlToken> untyped() {
        return untyped;
    }

    List<CheckSpec> checks() {
        return checks;
    }

    List<String> primaryKey() {
        return primaryKey;
    }

    void parse() {
        cursor.expectSymbol("(");
        Set<String> names = new HashSet<>();
        do {
            SqlToken token = cursor.peek();
            if (!tableConstraint()) {
                column();
                if (!names.add(token.text().toLowerCase(Locale.ROOT))) {
                    throw cursor.error(
                            token,
                            ErrorCode.DUPLICATE_COLUMN,
                            "Column " + token.text() + " is defined twice");
                }
            }
        } while (cursor.takesSymbol(","));
        cursor.expectSymbol(")");
        takeUnique();
    }

    /// UNIQUE columns that cannot be NULL are a primary key by another name, where the table has none.
    private void takeUnique() {
        SqlToken token = unique;
        if (token == null) {
            return;
        }
        if (!primaryKey.isEmpty()) {
            throw cursor.notSupported(
                    token, "A table has one key; UNIQUE beside PRIMARY KEY is not supported");
        }
        for (ColumnSpec column : columns) {
            if (column.nullable()
                    && uniqueColumns.stream().anyMatch(column.name()::equalsIgnoreCase)) {
                throw cursor.notSupported(
                        token,
                        "UNIQUE needs NOT NULL: a key has no NULLs, and column "
                                + column.name()
                                + " may be NULL");
            }
        }
        primaryKey.addAll(uniqueColumns);
    }

    private void setUnique(SqlToken token, List<String> names) {
        if (unique != null) {
            throw cursor.notSupported(
                    token, "A table has one key; a second UNIQUE is not supported");
        }
        unique = token;
        uniqueColumns.addAll(names);
    }

    private boolean tableConstraint() {
        String name = constraintName();
        SqlToken token = cursor.peek();
        if (cursor.takes("PRIMARY", "KEY")) {
            setPrimaryKey(token, cursor.namesInParentheses("a column name"));
            return true;
        }
        if (cursor.sees("CHECK") && cursor.peek(1).isSymbol("(")) {
            cursor.next();
            checks.add(new CheckSpec(name, parenthesized()));
            return true;
        }
        if (cursor.peek(1).isSymbol("(") && cursor.takes("UNIQUE")) {
            setUnique(token, cursor.namesInParentheses("a column name"));
            return true;
        }
        if (cursor.sees("FOREIGN", "KEY")) {
            throw cursor.notSupported(
                    token,
                    token.text().toUpperCase(Locale.ROOT)
                            + " is not supported; there are NOT NULL, CHECK, UNIQUE and PRIMARY KEY");
        }
        if (!name.isEmpty()) {
            throw cursor.unexpected("CHECK, UNIQUE or PRIMARY KEY");
        }
        return false;
    }

    /// The name behind CONSTRAINT; empty where there is none.
    private String constraintName() {
        return cursor.takes("CONSTRAINT") ? cursor.name("the name of a constraint") : "";
    }

    /// A constraint of its own, as ALTER TABLE … ADD takes it.
    CheckSpec addedCheck() {
        SqlToken token = cursor.peek();
        if (!tableConstraint() || checks.isEmpty()) {
            throw cursor.notSupported(token, "ALTER TABLE adds CHECK constraints only");
        }
        return checks.getFirst();
    }

    private String parenthesized() {
        cursor.expectSymbol("(");
        String text = cursor.expressionText("an expression");
        cursor.expectSymbol(")");
        return text;
    }

    private void setPrimaryKey(SqlToken token, List<String> names) {
        if (!primaryKey.isEmpty()) {
            throw cursor.error(token, ErrorCode.INVALID_DEFINITION, "PRIMARY KEY is given twice");
        }
        primaryKey.addAll(names);
    }

    /// A column of its own, as ALTER TABLE … ADD COLUMN takes it.
    ColumnSpec added() {
        SqlToken token = cursor.peek();
        column();
        if (columns.isEmpty()) {
            throw cursor.error(
                    token, ErrorCode.SYNTAX_ERROR, "Column " + token.text() + " has no type");
        }
        if (!primaryKey.isEmpty() || unique != null) {
            throw cursor.notSupported(
                    token, "The key of a table that stands cannot be changed; make a new table");
        }
        if (!checks.isEmpty()) {
            throw cursor.notSupported(
                    token, "Add the column first, then say ADD CONSTRAINT name CHECK (…)");
        }
        return columns.getFirst();
    }

    private void column() {
        SqlToken token = cursor.peek();
        String name = cursor.name("a column name");
        if (endsColumn()) {
            untyped.add(new SqlToken(Kind.QUOTED_NAME, token.start(), token.end(), name));
            return;
        }
        Type type = new TypeParser(cursor).parse();
        boolean nullable = true;
        @Nullable String defaultSql = null;
        @Nullable String generatedSql = null;
        while (!endsColumn()) {
            String constraintName = constraintName();
            SqlToken constraint = cursor.peek();
            if (cursor.takes("NOT", "NULL")) {
                nullable = false;
            } else if (cursor.takes("NULL")) {
                nullable = true;
            } else if (cursor.sees("COLLATE")
                    && Shorthand.ordersByCodePoint(cursor.peek(1).text())) {
                cursor.next();
                cursor.next();
            } else if (cursor.takes("DEFAULT")) {
                defaultSql = cursor.expressionText("an expression", ENDS_OF_DEFAULT);
            } else if (cursor.takes("CHECK")) {
                checks.add(new CheckSpec(constraintName, parenthesized()));
            } else if (cursor.takes("GENERATED", "ALWAYS", "AS") || cursor.takes("AS")) {
                generatedSql = parenthesized();
                if (cursor.sees("VIRTUAL")) {
                    throw cursor.notSupported(
                            cursor.peek(), "Generated columns are STORED; use a view for others");
                }
                cursor.takes("STORED");
            } else if (cursor.takes("PRIMARY", "KEY")) {
                setPrimaryKey(constraint, List.of(name));
                nullable = false;
            } else if (cursor.takes("UNIQUE")) {
                setUnique(constraint, List.of(name));
            } else {
                throw refused(constraint);
            }
        }
        if (generatedSql != null && defaultSql != null) {
            throw cursor.error(
                    token,
                    ErrorCode.INVALID_DEFINITION,
                    "Column " + name + " is generated, so it has no DEFAULT");
        }
        columns.add(new ColumnSpec(name, type, nullable, defaultSql, generatedSql));
    }

    private boolean endsColumn() {
        return cursor.peek().isSymbol(",") || cursor.peek().isSymbol(")") || cursor.atEnd();
    }

    private RuntimeException refused(SqlToken token) {
        if (token.kind() != Kind.WORD) {
            return cursor.unexpected("\",\", \")\" or a constraint");
        }
        String keyword = token.text().toUpperCase(Locale.ROOT);
        return switch (keyword) {
            case "CODEC", "ENCODING", "COMPRESSION" ->
                    cursor.notSupported(
                            token,
                            keyword
                                    + " is not needed: encodings are chosen from the data; leave it out");
            case "REFERENCES",
                    "COLLATE",
                    "COMMENT",
                    "TTL",
                    "AUTO_INCREMENT",
                    "MATERIALIZED",
                    "ALIAS" ->
                    cursor.notSupported(
                            token,
                            keyword
                                    + " on a column is not supported; there are NOT NULL, DEFAULT, CHECK, GENERATED ALWAYS AS, UNIQUE and PRIMARY KEY");
            default ->
                    cursor.unexpected(
                            "\",\", \")\", NOT NULL, DEFAULT, CHECK, UNIQUE or PRIMARY KEY");
        };
    }
}
