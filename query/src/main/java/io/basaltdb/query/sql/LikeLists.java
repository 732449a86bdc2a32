package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `x [NOT] LIKE ANY ('a%', 'b%')`, `x ILIKE ALL (ARRAY['a%', '%b'])`: one comparison for each pattern. The grammar does not know it: word by word it
/// becomes `x GLOB "like any"('a%', 'b%')`, and that the comparisons.
final class LikeLists {
    private static final String MARK = " of patterns";

    private LikeLists() {}

    /// @param like the place of LIKE or ILIKE
    static void word(Shorthand text, int like) {
        boolean isAny = text.isWord(like + 1, "ANY") || text.isWord(like + 1, "SOME");
        if (!(isAny || text.isWord(like + 1, "ALL")) || !text.isSymbol(like + 2, "(")) {
            return;
        }
        boolean isNot = text.isWord(like - 1, "NOT");
        String name =
                (isNot ? "not " : "")
                        + (text.isWord(like, "ILIKE") ? "ilike" : "like")
                        + (isAny ? " any" : " all");
        if (isNot) {
            text.write(like - 1, "");
        }
        text.write(like, "@glob@");
        text.write(like + 1, SqlNames.quoted(name + MARK));
    }

    /// The comparisons; null where the operand is not what [#word] made.
    static @Nullable SqlNode compared(SqlParserPos position, List<SqlNode> operands) {
        if (!(operands.get(1) instanceof SqlCall call)
                || !call.getOperator().getName().endsWith(MARK)) {
            return null;
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        SqlOperator like = operator(name.contains("ilike"), name.startsWith("not "));
        SqlOperator joined =
                name.endsWith(" any" + MARK) ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND;
        @Nullable SqlNode all = null;
        for (SqlNode pattern : patterns(call)) {
            SqlNode one = like.createCall(position, operands.getFirst(), pattern);
            all = all == null ? one : joined.createCall(position, all, one);
        }
        if (all == null) {
            throw SyntaxRewrite.unsupported(
                    position, "LIKE ANY and LIKE ALL take at least one pattern");
        }
        return all;
    }

    private static SqlOperator operator(boolean ignoresCase, boolean isNot) {
        if (ignoresCase) {
            return isNot ? SqlLibraryOperators.NOT_ILIKE : SqlLibraryOperators.ILIKE;
        }
        return isNot ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE;
    }

    private static List<SqlNode> patterns(SqlCall call) {
        List<SqlNode> patterns = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (operand.isA(SqlKind.QUERY) || operand.getKind() == SqlKind.SCALAR_QUERY) {
                throw SyntaxRewrite.unsupported(
                        operand.getParserPosition(),
                        "LIKE ANY and LIKE ALL take patterns, not a query; write EXISTS (SELECT … WHERE x LIKE pattern)");
            }
            boolean isList =
                    operand instanceof SqlCall list
                            && list.getOperator().getName().equals("list_value");
            patterns.addAll(isList ? ((SqlCall) operand).getOperandList() : List.of(operand));
        }
        return patterns;
    }
}
