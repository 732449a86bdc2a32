package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Names the columns of select lists that have none by their text: `count(*)`, `a + 1`.
///
/// Comments are left out, blanks and line breaks become one blank; a long text is cut, and where a name stands in the list already
/// a number makes the next one different. Columns of VALUES are called `column1`, `column2` and so on.
final class SelectNames extends SqlBasicVisitor<@Nullable Void> {
    private static final int MAX_LENGTH = 120;

    /// Words that end a select list, where they stand outside of parentheses.
    private static final Set<String> ENDS =
            Set.of(
                    "FROM",
                    "WHERE",
                    "GROUP",
                    "HAVING",
                    "WINDOW",
                    "QUALIFY",
                    "ORDER",
                    "LIMIT",
                    "OFFSET",
                    "FETCH",
                    "UNION",
                    "INTERSECT",
                    "EXCEPT",
                    "MINUS");

    private final String source;
    private final List<SqlToken> tokens;
    private final PlainText plain;

    private SelectNames(String source, List<SqlToken> tokens, PlainText plain) {
        this.source = source;
        this.tokens = tokens;
        this.plain = plain;
    }

    /// Names the columns of every query in a tree that was just parsed.
    static void add(SqlNode tree, String source, List<SqlToken> tokens, PlainText plain) {
        tree.accept(new SelectNames(source, tokens, plain));
    }

    /// The name of a column of VALUES, from one.
    static String ofValue(int column) {
        return "column" + column;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        switch (call) {
            case SqlSelect select -> {
                name(select);
                SqlNode from = select.getFrom();
                if (from != null) {
                    select.setFrom(withValuesNamed(from));
                }
            }
            case SqlJoin join -> {
                join.setLeft(withValuesNamed(join.getLeft()));
                join.setRight(withValuesNamed(join.getRight()));
            }
            case SqlWithItem item -> {
                if (item.columnList == null && item.query.getKind() == SqlKind.VALUES) {
                    item.columnList =
                            new SqlNodeList(ofValues(item.query), item.getParserPosition());
                }
            }
            default -> {}
        }
        return super.visit(call);
    }

    /// `(VALUES …) t` as `(VALUES …) t (column1, …)`.
    private static SqlNode withValuesNamed(SqlNode from) {
        if (from.getKind() != SqlKind.AS) {
            return from;
        }
        List<SqlNode> operands = ((SqlCall) from).getOperandList();
        if (operands.size() != 2 || operands.getFirst().getKind() != SqlKind.VALUES) {
            return from;
        }
        List<SqlNode> named = new ArrayList<>(operands);
        named.addAll(ofValues(operands.getFirst()));
        return SqlStdOperatorTable.AS.createCall(from.getParserPosition(), named);
    }

    private static List<SqlNode> ofValues(SqlNode values) {
        List<SqlNode> names = new ArrayList<>();
        int columns = ((SqlCall) ((SqlCall) values).operand(0)).operandCount();
        for (int column = 1; column <= columns; column++) {
            names.add(new SqlIdentifier(ofValue(column), values.getParserPosition()));
        }
        return names;
    }

    private void name(SqlSelect select) {
        SqlNodeList list = select.getSelectList();
        if (list.stream().allMatch(SelectNames::isNamed)) {
            return;
        }
        List<String> texts = texts(select);
        if (texts.size() != list.stream().filter(item -> !isRename(item)).count()) {
            return;
        }
        Set<String> taken = new HashSet<>();
        int text = 0;
        for (int i = 0; i < list.size(); i++) {
            SqlNode item = list.get(i);
            int own = isRename(item) ? text - 1 : text++;
            if (!isNamed(item)) {
                SqlParserPos position = item.getParserPosition();
                String name = unique(texts.get(own), taken);
                list.set(
                        i,
                        SqlStdOperatorTable.AS.createCall(
                                position, item, new SqlIdentifier(name, position)));
            }
        }
    }

    private static boolean isNamed(SqlNode item) {
        return (item instanceof SqlIdentifier name && !SyntaxRewrite.isCatalog(name))
                || item instanceof SqlStarExclude
                || item instanceof SqlStarReplace
                || isRename(item)
                || item.getKind() == SqlKind.AS;
    }

    /// Whether that is no item of its own but belongs to the one before.
    private static boolean isRename(SqlNode item) {
        return item instanceof SqlCall call
                && call.getOperator().getName().equals(ColumnChoices.RENAME);
    }

    private static String unique(String text, Set<String> taken) {
        String name = text;
        for (int i = 1; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = text + "_" + i;
        }
        return name;
    }

    /// The texts of a list's items; other than there are items where the list cannot be followed in the text.
    private List<String> texts(SqlSelect select) {
        SqlParserPos position = select.getParserPosition();
        int at = tokenAt(plain.sourceOffset(position.getLineNum(), position.getColumnNum()));
        if (at < 0 || !tokens.get(at).isWord("SELECT")) {
            return List.of();
        }
        at++;
        if (tokens.get(at).isWord("DISTINCT") || tokens.get(at).isWord("ALL")) {
            at++;
        }
        List<String> texts = new ArrayList<>();
        int depth = 0;
        int start = at;
        for (; ; at++) {
            SqlToken token = tokens.get(at);
            if (depth == 0 && (token.isSymbol(",") || ends(at))) {
                texts.add(text(start, at));
                start = at + 1;
                if (!token.isSymbol(",")) {
                    return texts;
                }
            } else if (token.opens()) {
                depth++;
            } else if (token.closes()) {
                depth--;
            }
        }
    }

    /// Whether the select list ends before this token, which stands outside of parentheses.
    private boolean ends(int at) {
        SqlToken token = tokens.get(at);
        if (token.kind() != SqlToken.Kind.WORD) {
            return token.kind() == SqlToken.Kind.END || token.isSymbol(")") || token.isSymbol(";");
        }
        SqlToken before = tokens.get(at - 1);
        return ENDS.contains(token.text().toUpperCase(Locale.ROOT))
                && !before.isSymbol(".")
                && !before.isWord("AS")
                && !before.isWord("WITHIN")
                && !(before.isSymbol("*") && token.isWord("EXCEPT"))
                && !isDistinctFrom(at);
    }

    private boolean isDistinctFrom(int at) {
        return tokens.get(at).isWord("FROM")
                && tokens.get(at - 1).isWord("DISTINCT")
                && (tokens.get(at - 2).isWord("IS") || tokens.get(at - 2).isWord("NOT"));
    }

    private int tokenAt(int offset) {
        int low = 0;
        int high = tokens.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int start = tokens.get(middle).start();
            if (start == offset) {
                return middle;
            }
            if (start < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() <= MAX_LENGTH; i++) {
            SqlToken token = tokens.get(i);
            if (i > from && tokens.get(i - 1).end() < token.start()) {
                text.append(' ');
            }
            text.append(source, token.start(), token.end());
        }
        return text.length() <= MAX_LENGTH ? text.toString() : text.substring(0, MAX_LENGTH) + "…";
    }
}
