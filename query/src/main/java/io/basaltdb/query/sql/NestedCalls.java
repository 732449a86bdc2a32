package io.basaltdb.query.sql;

import io.basaltdb.query.function.NestedTypes;
import io.basaltdb.query.function.StructMember;
import io.basaltdb.query.function.StructValue;
import io.basaltdb.query.optimizer.FixedOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Calls that make nested values or take them apart, where the grammar or [NestedShorthand] has a form of its own for them. Names of members become part of
/// the operator, since the type follows from them.
final class NestedCalls {
    /// A struct whose arguments are names and values by turns.
    static final String STRUCT = "struct {}";

    /// Both bounds of a slice, as the subscript of what is sliced.
    static final String SLICE = "slice bounds";

    private NestedCalls() {}

    /// The call of our operator that a call of the grammar's means; null where it is none of these.
    @SuppressWarnings("ReferenceEquality") // there is one of each operator
    static @Nullable SqlNode call(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> operands = call.getOperandList();
        if (call.getOperator() == SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR) {
            return SyntaxRewrite.named(position, "list_value", operands);
        }
        if (call.getKind() == SqlKind.ARRAY_QUERY_CONSTRUCTOR) {
            return ArrayQueries.of(call);
        }
        if (call.getOperator() == SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR) {
            return SyntaxRewrite.named(position, "map_value", operands);
        }
        if (call.getOperator() == SqlStdOperatorTable.DOT
                && operands.get(1) instanceof SqlIdentifier name) {
            return member(position, operands.get(0), name.getSimple());
        }
        if (call.getKind() == SqlKind.ITEM && operands.size() == 2) {
            return subscript(position, operands.get(0), operands.get(1));
        }
        return null;
    }

    private static SqlNode subscript(SqlParserPos position, SqlNode value, SqlNode subscript) {
        if (subscript instanceof SqlCall bounds && bounds.getOperator().getName().equals(SLICE)) {
            return SyntaxRewrite.named(
                    position, "array_slice", List.of(value, bounds.operand(0), bounds.operand(1)));
        }
        @Nullable String name = text(subscript);
        return name == null
                ? SyntaxRewrite.named(position, "array_extract", List.of(value, subscript))
                : member(position, value, name);
    }

    /// The call that a call by name means; null where the name is none of these.
    static @Nullable SqlNode byName(SqlCall call, String name, List<SqlNode> operands) {
        SqlParserPos position = call.getParserPosition();
        return switch (name) {
            case STRUCT -> {
                List<String> names = new ArrayList<>();
                List<SqlNode> values = new ArrayList<>();
                for (int i = 0; i + 1 < operands.size(); i += 2) {
                    @Nullable String member = text(operands.get(i));
                    if (member == null) {
                        throw SyntaxRewrite.unsupported(
                                operands.get(i).getParserPosition(),
                                "The members of a struct have names, as in {'a': 1}");
                    }
                    names.add(member);
                    values.add(operands.get(i + 1));
                }
                yield struct(position, names, values);
            }
            case "struct_pack", "named_struct" -> packed(position, operands);
            case "struct_extract", "tupleelement", "struct_extract_at" -> {
                @Nullable String member = operands.size() == 2 ? name(operands.get(1)) : null;
                yield member == null ? null : member(position, operands.get(0), member);
            }
            case "array_extract", "element_at", "list_extract" -> {
                @Nullable String member = operands.size() == 2 ? text(operands.get(1)) : null;
                yield member == null ? null : member(position, operands.get(0), member);
            }
            default -> null;
        };
    }

    private static @Nullable SqlNode packed(SqlParserPos position, List<SqlNode> operands) {
        List<String> names = new ArrayList<>();
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            SqlNode operand = operands.get(i);
            if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                values.add(((SqlCall) operand).operand(0));
                names.add(((SqlIdentifier) ((SqlCall) operand).operand(1)).getSimple());
            } else {
                values.add(operand);
                names.add(
                        operand instanceof SqlIdentifier column
                                ? column.names.getLast()
                                : NestedTypes.placeName(i));
            }
        }
        return values.isEmpty() ? null : struct(position, names, values);
    }

    static SqlNode struct(SqlParserPos position, List<String> names, List<SqlNode> values) {
        for (int i = 1; i < names.size(); i++) {
            String name = names.get(i);
            if (names.subList(0, i).stream().anyMatch(name::equalsIgnoreCase)) {
                throw SyntaxRewrite.unsupported(position, "The struct has two members " + name);
            }
        }
        return new FixedOperator(new StructValue(names)).createCall(position, values);
    }

    static SqlNode member(SqlParserPos position, SqlNode value, String name) {
        return new FixedOperator(new StructMember(name)).createCall(position, value);
    }

    /// The name of a member, or the number of its place; null where neither stands there.
    private static @Nullable String name(SqlNode node) {
        return node instanceof SqlNumericLiteral place && place.isInteger()
                ? place.toValue()
                : text(node);
    }

    private static @Nullable String text(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
                ? literal.getValueAs(String.class)
                : null;
    }
}
