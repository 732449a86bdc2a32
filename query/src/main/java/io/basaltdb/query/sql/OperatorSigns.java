package io.basaltdb.query.sql;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Operators of PostgreSQL as the functions that do the same.
///
/// - `a # b`: bits set in one alone
/// - `a @> b`, `a <@ b`, `a && b`: a list has all elements of the other, or some
/// - `a <<= b`, `a >>= b`: a network lies within the other or is the same
/// - `~ a`: every bit turned
/// - `js #> '{a,0}'`, `js #>> '{a,0}'`: the JSON, or text, at a path
/// - `x = ANY (list)`, `x > ALL (list)`: by the least and the greatest element; NULL where none decides and one is NULL
/// - `t GLOB 'a*'`
final class OperatorSigns {
    private OperatorSigns() {}

    static @Nullable SqlNode call(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> operands = call.getOperandList();
        if (call.getOperator() instanceof SqlQuantifyOperator quantified
                && operands.get(1) instanceof SqlNodeList one
                && one.size() == 1
                && !one.get(0).isA(SqlKind.QUERY)) {
            return quantified(position, quantified, operands.get(0), one.get(0));
        }
        return switch (call.getOperator().getName()) {
            case "#" -> SyntaxRewrite.named(position, "xor", operands);
            case "@>" -> SyntaxRewrite.named(position, "list_has_all", operands);
            case "<@" -> SyntaxRewrite.named(position, "list_has_all", operands.reversed());
            case "&&" -> SyntaxRewrite.named(position, "list_has_any", operands);
            case "<<=" -> SyntaxRewrite.named(position, "<<=", operands);
            case ">>=" -> SyntaxRewrite.named(position, "<<=", operands.reversed());
            case "~" -> SyntaxRewrite.named(position, "bit_not", operands);
            case "#>" -> atPath(position, "json_extract", operands);
            case "#>>" -> atPath(position, "json_extract_string", operands);
            case "GLOB" -> {
                @Nullable SqlNode patterns = LikeLists.compared(position, operands);
                yield patterns == null ? RegularExpressions.glob(position, operands) : patterns;
            }
            default -> null;
        };
    }

    /// ALL is what no element contradicts.
    private static SqlNode quantified(
            SqlParserPos position, SqlQuantifyOperator operator, SqlNode value, SqlNode list) {
        SqlKind comparison = operator.comparisonKind;
        assert comparison != null;
        return operator.getKind() == SqlKind.ALL
                ? SqlStdOperatorTable.NOT.createCall(
                        position, ofSome(position, comparison.negateNullSafe(), value, list))
                : ofSome(position, comparison, value, list);
    }

    private static SqlNode ofSome(
            SqlParserPos position, SqlKind comparison, SqlNode value, SqlNode list) {
        SqlNode least = SyntaxRewrite.named(position, "list_min", List.of(list));
        SqlNode greatest = SyntaxRewrite.named(position, "list_max", List.of(list));
        SqlNode found =
                switch (comparison) {
                    case EQUALS ->
                            SyntaxRewrite.named(position, "list_contains", List.of(list, value));
                    case NOT_EQUALS ->
                            SqlStdOperatorTable.OR.createCall(
                                    position,
                                    SqlStdOperatorTable.NOT_EQUALS.createCall(
                                            position, value, least),
                                    SqlStdOperatorTable.NOT_EQUALS.createCall(
                                            position, value, greatest));
                    case LESS_THAN ->
                            SqlStdOperatorTable.LESS_THAN.createCall(position, value, greatest);
                    case LESS_THAN_OR_EQUAL ->
                            SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                                    position, value, greatest);
                    case GREATER_THAN ->
                            SqlStdOperatorTable.GREATER_THAN.createCall(position, value, least);
                    case GREATER_THAN_OR_EQUAL ->
                            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                                    position, value, least);
                    default ->
                            throw SyntaxRewrite.unsupported(
                                    position, "ANY and ALL go with =, <>, <, <=, > and >=");
                };
        SqlNode size = SyntaxRewrite.named(position, "cardinality", List.of(list));
        SqlNode isDecided =
                SqlStdOperatorTable.OR.createCall(
                        position,
                        SqlStdOperatorTable.EQUALS.createCall(
                                position, size, SqlLiteral.createExactNumeric("0", position)),
                        SqlStdOperatorTable.AND.createCall(
                                position,
                                SqlStdOperatorTable.IS_NOT_NULL.createCall(position, value),
                                SqlStdOperatorTable.EQUALS.createCall(
                                        position,
                                        size,
                                        SyntaxRewrite.named(
                                                position, "list_count", List.of(list)))));
        return SqlCase.createSwitched(
                position,
                null,
                SqlNodeList.of(found, isDecided),
                SqlNodeList.of(
                        SqlLiteral.createBoolean(true, position),
                        SqlLiteral.createBoolean(false, position)),
                SqlLiteral.createNull(position));
    }

    private static SqlNode atPath(SqlParserPos position, String function, List<SqlNode> operands) {
        if (!(operands.get(1) instanceof SqlCharStringLiteral literal)) {
            throw SyntaxRewrite.unsupported(
                    operands.get(1).getParserPosition(),
                    "The path behind #> is a text written in the statement, such as '{a,0}'; "
                            + function
                            + "(json, path) takes any");
        }
        String text = literal.getValueAs(String.class).strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw SyntaxRewrite.unsupported(
                    literal.getParserPosition(),
                    "The path behind #> has its steps in braces: '{a,0}', found '" + text + "'");
        }
        StringBuilder path = new StringBuilder("$");
        String steps = text.substring(1, text.length() - 1);
        if (!steps.isBlank()) {
            for (String step : steps.split(",", -1)) {
                addStep(path, step.strip());
            }
        }
        return SyntaxRewrite.named(
                position,
                function,
                List.of(
                        operands.get(0),
                        SqlLiteral.createCharString(path.toString(), literal.getParserPosition())));
    }

    private static void addStep(StringBuilder path, String step) {
        if (step.matches("[0-9]+")) {
            path.append('[').append(step).append(']');
        } else {
            String name =
                    step.length() > 1 && step.startsWith("\"") && step.endsWith("\"")
                            ? step.substring(1, step.length() - 1)
                            : step;
            path.append(".\"").append(name).append('"');
        }
    }
}
