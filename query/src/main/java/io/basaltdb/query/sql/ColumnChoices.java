package io.basaltdb.query.sql;

import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Items of a select list that stand for several columns and are more than a star:
///
/// - `max(COLUMNS('regular expression'))`, `COLUMNS(*) + 1`: the item once for each column with a name in which the expression is found
/// - `sum(COLUMNS(* EXCLUDE (a, b)))`, which [Shorthand] writes as `sum(COLUMNS("columns except"(a, b)))`: once for each other column
/// - `* RENAME (a AS b)`, which [Shorthand] writes as `*, "star rename"(a, b)`: the columns under other names
final class ColumnChoices {
    /// The function whose name nobody can write.
    static final String RENAME = "star rename";

    /// The columns that COLUMNS leaves out, in a function whose name nobody can write.
    static final String EXCEPT = "columns except";

    private static final String COLUMNS = "columns";
    private static final Pattern IN_NAME =
            Pattern.compile(
                    "(?i)columns\\s*\\(\\s*(?:\\*(?:\\s*(?:exclude|except)\\s*\\([^()]*\\))?|'(?:[^']|'')*')\\s*\\)");

    /// What a star stands for.
    private final Function<SqlNode, List<SqlNode>> star;

    private ColumnChoices(Function<SqlNode, List<SqlNode>> star) {
        this.star = star;
    }

    /// The list with every such item written out; the same list where there is none.
    static SqlNodeList expanded(SqlSelect select, Function<SqlNode, List<SqlNode>> star) {
        SqlNodeList items = select.getSelectList();
        if (items.stream().noneMatch(ColumnChoices::standsForSeveral)) {
            return items;
        }
        ColumnChoices choices = new ColumnChoices(star);
        List<SqlNode> expanded = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            if (i + 1 < items.size() && isRename(items.get(i + 1))) {
                expanded.addAll(choices.renamed(item, (SqlCall) items.get(++i)));
            } else if (mentionsColumns(item)) {
                expanded.addAll(choices.repeated(item));
            } else {
                expanded.add(item);
            }
        }
        return new SqlNodeList(expanded, items.getParserPosition());
    }

    /// Whether the item is one of these, or one that makes the star before it more than a star.
    static boolean standsForSeveral(SqlNode item) {
        return isRename(item) || mentionsColumns(item);
    }

    private static boolean isRename(SqlNode item) {
        return item instanceof SqlCall call && call.getOperator().getName().equals(RENAME);
    }

    private static boolean isColumns(SqlNode node) {
        return node instanceof SqlCall call
                && call.getOperator().getName().equalsIgnoreCase(COLUMNS)
                && call.operandCount() == 1;
    }

    private static boolean mentionsColumns(@Nullable SqlNode node) {
        return switch (node) {
            case SqlSelect _ -> false;
            case SqlCall call ->
                    isColumns(call)
                            || call.getOperandList().stream()
                                    .anyMatch(ColumnChoices::mentionsColumns);
            case SqlNodeList list -> list.stream().anyMatch(ColumnChoices::mentionsColumns);
            case null, default -> false;
        };
    }

    private List<SqlNode> renamed(SqlNode starred, SqlCall rename) {
        List<SqlNode> columns = new ArrayList<>(star.apply(starred));
        for (int i = 0; i + 1 < rename.operandCount(); i += 2) {
            String from = name(rename.operand(i));
            int found = -1;
            for (int c = 0; c < columns.size(); c++) {
                if (name(columns.get(c)).equalsIgnoreCase(from)) {
                    found = c;
                }
            }
            if (found < 0) {
                throw SyntaxRewrite.refused(
                        rename.operand(i).getParserPosition(),
                        ErrorCode.UNDEFINED_COLUMN,
                        "There is no column " + from);
            }
            columns.set(found, named(columns.get(found), name(rename.operand(i + 1))));
        }
        return columns;
    }

    private List<SqlNode> repeated(SqlNode item) {
        List<SqlNode> repeated = new ArrayList<>();
        SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
        for (SqlNode column : star.apply(SqlIdentifier.star(item.getParserPosition()))) {
            String name = name(column);
            @Nullable SqlNode one = value.accept(new OneColumn(column, name));
            if (one != null) {
                repeated.add(named(one, label(item, name)));
            }
        }
        if (repeated.isEmpty()) {
            throw SyntaxRewrite.unsupported(
                    item.getParserPosition(), "No column has a name that COLUMNS asks for");
        }
        return repeated;
    }

    /// The name that stands behind AS, or the text with the column's name in it.
    private static String label(SqlNode item, String column) {
        if (item.getKind() != SqlKind.AS || isColumns(((SqlCall) item).operand(0))) {
            return item.getKind() == SqlKind.AS && !IN_NAME.matcher(alias(item)).find()
                    ? alias(item)
                    : column;
        }
        return IN_NAME.matcher(alias(item)).replaceAll(match -> column.replace("$", "\\$"));
    }

    private static String alias(SqlNode item) {
        return name(((SqlCall) item).operand(1));
    }

    /// The item for one column; null where COLUMNS does not ask for it.
    private static final class OneColumn extends SqlShuttle {
        private final SqlNode column;
        private final String name;

        OneColumn(SqlNode column, String name) {
            this.column = column;
            this.name = name;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (isColumns(call)) {
                return isWanted(call.operand(0)) ? withoutName(column) : null;
            }
            List<@Nullable SqlNode> operands = new ArrayList<>();
            for (@Nullable SqlNode operand : call.getOperandList()) {
                @Nullable SqlNode visited = operand == null ? null : operand.accept(this);
                if (visited == null && operand != null) {
                    return null;
                }
                operands.add(visited);
            }
            return call.getOperator()
                    .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
        }

        private boolean isWanted(SqlNode choice) {
            if (choice instanceof SqlIdentifier identifier && identifier.isStar()) {
                return true;
            }
            if (choice instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR) {
                String text = literal.getValueAs(String.class);
                try {
                    return Pattern.compile(text).matcher(name).find();
                } catch (PatternSyntaxException e) {
                    throw SyntaxRewrite.unsupported(
                            choice.getParserPosition(),
                            "'" + text + "' is no regular expression: " + e.getDescription());
                }
            }
            if (choice instanceof SqlCall except && except.getOperator().getName().equals(EXCEPT)) {
                return except.getOperandList().stream()
                        .noneMatch(left -> name(left).equalsIgnoreCase(name));
            }
            throw SyntaxRewrite.unsupported(
                    choice.getParserPosition(),
                    "COLUMNS takes *, * EXCLUDE (a, b) or a regular expression in quotes: COLUMNS('^total_')");
        }
    }

    private static SqlNode named(SqlNode item, String name) {
        SqlParserPos position = item.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(
                position, withoutName(item), new SqlIdentifier(name, position));
    }

    private static SqlNode withoutName(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    private static String name(SqlNode column) {
        return switch (column) {
            case SqlCall as when as.getKind() == SqlKind.AS -> name(as.operand(1));
            case SqlIdentifier identifier -> identifier.names.getLast();
            default ->
                    throw SyntaxRewrite.unsupported(
                            column.getParserPosition(),
                            "RENAME takes the names of columns: * RENAME (a AS b), found "
                                    + column.toString().toLowerCase(Locale.ROOT));
        };
    }
}
