package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// `x IN (…)` over values that are computed, written out: `x = a OR x = b`. Lists of literals, which may be long, stay as they are; the
/// optimizer makes search arguments of them.
final class ValueLists {
    /// Nodes of syntax up to which a list is written out: each of its comparisons repeats the left side.
    private static final int MAX_NODES = 20_000;

    private ValueLists() {}

    /// The comparisons; null where the call is no list of computed values.
    static @Nullable SqlNode comparisons(SqlCall call) {
        boolean negated = call.getKind() == SqlKind.NOT_IN;
        if ((call.getKind() != SqlKind.IN && !negated)
                || !(call.operand(1) instanceof SqlNodeList list)
                || list.stream().allMatch(ValueLists::isLiteral)) {
            return null;
        }
        SqlNode left = call.operand(0);
        if ((long) size(left) * list.size() > MAX_NODES) {
            return null;
        }
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> choices = new ArrayList<>();
        for (SqlNode value : list) {
            choices.add(SqlStdOperatorTable.EQUALS.createCall(position, TreeCopy.of(left), value));
        }
        SqlNode any =
                choices.size() == 1
                        ? choices.getFirst()
                        : joined(position, choices, 0, choices.size());
        return negated ? SqlStdOperatorTable.NOT.createCall(position, any) : any;
    }

    /// Alternatives as a tree of little depth.
    private static SqlNode joined(SqlParserPos position, List<SqlNode> all, int from, int to) {
        if (to - from == 1) {
            return all.get(from);
        }
        int middle = (from + to) >>> 1;
        return SqlStdOperatorTable.OR.createCall(
                position, joined(position, all, from, middle), joined(position, all, middle, to));
    }

    private static boolean isLiteral(SqlNode node) {
        return switch (node) {
            case SqlLiteral _, SqlDynamicParam _, SqlDataTypeSpec _ -> true;
            case SqlCall call ->
                    switch (call.getKind()) {
                        case MINUS_PREFIX, PLUS_PREFIX, CAST, ROW ->
                                call.getOperandList().stream().allMatch(ValueLists::isLiteral);
                        default -> false;
                    };
            default -> false;
        };
    }

    private static int size(SqlNode tree) {
        int[] nodes = {1};
        tree.accept(
                new SqlBasicVisitor<@Nullable Void>() {
                    @Override
                    public @Nullable Void visit(SqlCall call) {
                        nodes[0] += 1 + call.operandCount();
                        return super.visit(call);
                    }
                });
        return nodes[0];
    }
}
