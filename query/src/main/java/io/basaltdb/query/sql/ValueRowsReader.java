package io.basaltdb.query.sql;

import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.query.sql.ValueRows.Cell;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads [ValueRows] token by token, and gives up at the first that does not belong there.
final class ValueRowsReader {
    private static final String INSERT = "INSERT";
    private static final Cell.Default DEFAULT = new Cell.Default();
    private static final Cell.Literal NULL = new Cell.Literal(Value.NULL, Type.NULL);
    private static final int MAX_DIGITS = 38;

    private final TokenCursor cursor;
    private int parameterCount;

    private ValueRowsReader(String sql) {
        this.cursor = new TokenCursor(sql, SqlLexer.tokens(sql));
    }

    static @Nullable ValueRows read(String sql) {
        if (!beginsWithInsert(sql)) {
            return null;
        }
        try {
            return new ValueRowsReader(sql).statement();
        } catch (BasaltException | ArithmeticException | NumberFormatException notThis) {
            return null;
        }
    }

    static Cell.@Nullable Literal literal(String sql) {
        try {
            ValueRowsReader reader = new ValueRowsReader(sql);
            Cell cell = reader.cell();
            return reader.cursor.atEnd() && cell instanceof Cell.Literal literal ? literal : null;
        } catch (BasaltException | ArithmeticException | NumberFormatException notThis) {
            return null;
        }
    }

    private static boolean beginsWithInsert(String sql) {
        int at = 0;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        return sql.regionMatches(true, at, INSERT, 0, INSERT.length());
    }

    private @Nullable ValueRows statement() {
        cursor.expect(INSERT);
        boolean isRuled = cursor.takes("OR", "REPLACE") || cursor.takes("OR", "IGNORE");
        cursor.expect("INTO");
        cursor.takes("TABLE");
        ObjectName target = cursor.objectName("a table name");
        if (cursor.takes("AS")) {
            cursor.name("an alias");
        }
        List<String> columns =
                cursor.peek().isSymbol("(")
                        ? cursor.namesInParentheses("a column name")
                        : List.of();
        cursor.expect("VALUES");
        int head = cursor.endOfLast();
        List<List<Cell>> rows = new ArrayList<>();
        do {
            List<Cell> row = row();
            if (row == null || (!rows.isEmpty() && row.size() != rows.getFirst().size())) {
                return null;
            }
            rows.add(row);
        } while (cursor.takesSymbol(","));
        int end = cursor.endOfLast();
        if (cursor.sees("ON", "CONFLICT")) {
            if (isRuled || !moveToEndOfRule()) {
                return null;
            }
            isRuled = true;
        }
        String rule = isRuled ? ruleSql(head, end, rows.getFirst().size()) : null;
        while (cursor.takesSymbol(";")) {
            // ends the statement, as often as it is written
        }
        return cursor.atEnd() ? new ValueRows(target, columns, rows, parameterCount, rule) : null;
    }

    /// Goes behind ON CONFLICT; false where it has parameters, or more follows.
    private boolean moveToEndOfRule() {
        while (!cursor.atEnd() && !cursor.peek().isSymbol(";")) {
            SqlToken token = cursor.next();
            if (token.kind() == SqlToken.Kind.PARAMETER || token.isWord("RETURNING")) {
                return false;
            }
        }
        return true;
    }

    /// The statement with one row of NULLs.
    ///
    /// @param head where the text before the rows ends
    /// @param end where the rows end
    private String ruleSql(int head, int end, int width) {
        return cursor.source().substring(0, head)
                + " (NULL"
                + ", NULL".repeat(width - 1)
                + ")"
                + cursor.source().substring(end, cursor.endOfLast());
    }

    private @Nullable List<Cell> row() {
        if (!cursor.takesSymbol("(")) {
            return null;
        }
        List<Cell> cells = new ArrayList<>();
        do {
            Cell cell = cell();
            if (cell == null) {
                return null;
            }
            cells.add(cell);
        } while (cursor.takesSymbol(","));
        return cursor.takesSymbol(")") ? cells : null;
    }

    private @Nullable Cell cell() {
        boolean negative = cursor.takesSymbol("-");
        SqlToken token = cursor.next();
        return switch (token.kind()) {
            case NUMBER -> number(token.text(), negative);
            case STRING -> negative ? null : text(token);
            case WORD -> negative ? null : word(token);
            case PARAMETER ->
                    negative || !token.text().equals("?")
                            ? null
                            : new Cell.Parameter(parameterCount++);
            case QUOTED_NAME, SYMBOL, END -> null;
        };
    }

    /// A text of one piece; escapes and pieces are the parser's.
    private @Nullable Cell text(SqlToken token) {
        return cursor.source().charAt(token.start()) == '\''
                        && cursor.peek().kind() != SqlToken.Kind.STRING
                ? new Cell.Literal(Value.of(token.text()), Type.TEXT)
                : null;
    }

    private static @Nullable Cell word(SqlToken token) {
        if (token.isWord("NULL")) {
            return NULL;
        }
        if (token.isWord("DEFAULT")) {
            return DEFAULT;
        }
        boolean isTrue = token.isWord("TRUE");
        return isTrue || token.isWord("FALSE")
                ? new Cell.Literal(Value.of(isTrue), Type.BOOLEAN)
                : null;
    }

    private static @Nullable Cell number(String digits, boolean negative) {
        boolean exact = true;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == 'e' || c == 'E') {
                exact = false;
            } else if (c == 'x' || c == 'X' || c == '_') {
                return null;
            }
        }
        String text = negative ? "-" + digits : digits;
        if (!exact) {
            double real = Double.parseDouble(text);
            return Double.isInfinite(real) ? null : new Cell.Literal(Value.of(real), Type.DOUBLE);
        }
        if (digits.indexOf('.') < 0 && digits.length() <= 18) {
            long whole = Long.parseLong(text);
            return new Cell.Literal(
                    Value.of(whole), whole == (int) whole ? Type.INTEGER : Type.BIGINT);
        }
        BigDecimal decimal = new BigDecimal(text);
        int scale = Math.max(0, decimal.scale());
        int precision = Math.max(decimal.precision(), scale);
        return precision > MAX_DIGITS
                ? null
                : new Cell.Literal(
                        Value.of(decimal.unscaledValue()), new Type.Decimal(precision, scale));
    }
}
