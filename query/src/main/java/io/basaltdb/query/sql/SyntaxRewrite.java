package io.basaltdb.query.sql;

import io.basaltdb.query.function.DatePart;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Brings the grammar's tree into the form that the validator and our operator table expect.
///
/// Where the grammar chose a function of some dialect by its name, the name is looked up like any other; functions of other databases
/// that are only another way to write an operator become that operator; table functions with literal arguments become names.
final class SyntaxRewrite extends SqlShuttle {
    private SyntaxRewrite() {}

    static SqlNode apply(SqlNode tree) {
        @Nullable SqlNode rewritten = tree.accept(new SyntaxRewrite());
        assert rewritten != null;
        return rewritten;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.AS) {
            // What stands behind AS are names and nothing else.
            List<@Nullable SqlNode> operands = new ArrayList<>(call.getOperandList());
            operands.set(0, call.operand(0).accept(this));
            return rewritten(call.getOperator().createCall(call.getParserPosition(), operands));
        }
        @Nullable SqlNode visited = super.visit(call);
        return visited instanceof SqlCall inner ? rewritten(inner) : visited;
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
        return isCatalog(identifier)
                ? SqlLiteral.createCharString(Dialect.CATALOG, identifier.getParserPosition())
                : super.visit(identifier);
    }

    /// Whether that is the constant of the standard, and no name.
    static boolean isCatalog(SqlIdentifier identifier) {
        return identifier.isSimple()
                && identifier.getSimple().equalsIgnoreCase("CURRENT_CATALOG")
                && !identifier.isComponentQuoted(0);
    }

    @SuppressWarnings("ReferenceEquality") // there is one of each operator
    private static SqlNode rewritten(SqlCall call) {
        if (call instanceof SqlSelect select) {
            return GapSyntax.grouped(
                    AllColumns.grouped(
                            SemiJoins.replaced(ChosenRows.distinct(SelectUnnest.moved(select)))));
        }
        if (call instanceof SqlOrderBy written) {
            SqlOrderBy order = RowBounds.folded(written);
            SqlNode ordered = AllColumns.ordered(order);
            SqlNode filled = ordered instanceof SqlOrderBy keys ? GapSyntax.ordered(keys) : ordered;
            return filled instanceof SqlOrderBy keys ? ChosenRows.ordered(keys) : filled;
        }
        SqlOperator operator = call.getOperator();
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> operands = call.getOperandList();
        if (operator == SqlStdOperatorTable.PLUS || operator == SqlStdOperatorTable.MINUS) {
            return movedByParts(call);
        }
        if (operator.getKind() == SqlKind.MATCH_RECOGNIZE) {
            throw unsupported(
                    position,
                    "MATCH_RECOGNIZE is not supported; write lag and lead with QUALIFY for runs of rows");
        }
        if (operator == SqlStdOperatorTable.OVER) {
            return WindowSyntax.rewritten(call);
        }
        @Nullable SqlNode nested = NestedCalls.call(call);
        if (nested != null) {
            return nested;
        }
        @Nullable SqlNode cast = CastOperator.of(call);
        if (cast != null) {
            return cast;
        }
        if (operator == SqlStdOperatorTable.EXTRACT
                && operands.getFirst() instanceof SqlIntervalQualifier unit
                && unit.getUnit() == TimeUnit.EPOCH) {
            return named(position, "epoch", List.of(operands.get(1)));
        }
        if (operator == SqlStdOperatorTable.EXTRACT
                && operands.getFirst() instanceof SqlIntervalQualifier unit
                && unit.timeFrameName == null) {
            return named(
                    position,
                    "date_part",
                    List.of(
                            SqlLiteral.createCharString(
                                    unit.getUnit().name().toLowerCase(Locale.ROOT), position),
                            operands.get(1)));
        }
        if (operator == SqlLibraryOperators.DATE_TRUNC) {
            return named(position, "date_trunc", unitFirst(operands));
        }
        if (operator.getName().equals("TIMESTAMPADD") && operands.size() == 3) {
            return moved(call, SqlStdOperatorTable.PLUS);
        }
        if (operator.getName().equals("TIMESTAMPDIFF") && operands.size() == 3) {
            return named(position, "date_diff", unitFirst(operands));
        }
        if (operator == SqlStdOperatorTable.POSITION && operands.size() == 2) {
            return named(position, "strpos", List.of(operands.get(1), operands.get(0)));
        }
        if (operator == SqlStdOperatorTable.OVERLAY) {
            return overlaid(position, operands);
        }
        if (operator == SqlStdOperatorTable.TRIM && operands.size() == 3) {
            return trim(position, operands);
        }
        if (call instanceof SqlJoin join
                && !(call instanceof SqlAsofJoin)
                && (join.getJoinType() == JoinType.ASOF
                        || join.getJoinType() == JoinType.LEFT_ASOF)) {
            return AsofSyntax.withMatchCondition(join);
        }
        if (operator instanceof SqlJsonArrayAggAggFunction list) {
            return AggregateCalls.jsonList(
                    call, list.getNullClause() == SqlJsonConstructorNullClause.NULL_ON_NULL);
        }
        if (operator == SqlLibraryOperators.ARRAY_AGG) {
            return AggregateCalls.list(call, operands);
        }
        if (operator == SqlLibraryOperators.STRING_AGG
                || operator == SqlLibraryOperators.GROUP_CONCAT) {
            return AggregateCalls.texts(call, operands);
        }
        if (operator == SqlLibraryOperators.PERCENTILE_CONT2
                || operator == SqlLibraryOperators.PERCENTILE_DISC2) {
            @Nullable SqlNode quantile =
                    AggregateCalls.call(
                            call, operator.getName().toLowerCase(Locale.ROOT), operands);
            return quantile == null ? call : quantile;
        }
        if (operator.getName().equals("||")) {
            // The grammar's own operator says nothing of the types of parameters.
            return named(position, "concat_operator", operands);
        }
        if (operator == SqlStdOperatorTable.UNARY_PLUS
                && !(operands.getFirst() instanceof SqlNumericLiteral)) {
            return operands.getFirst(); // of any type; `+ 1` is no place in GROUP BY
        }
        if (operator == SqlStdOperatorTable.MINUS_DATE) {
            return named(position, "subtract", operands.subList(0, 2));
        }
        if (operator == SqlStdOperatorTable.JSON_OBJECT) {
            return jsonConstructor(
                    position, "json_object", operands, SqlJsonConstructorNullClause.NULL_ON_NULL);
        }
        if (operator == SqlStdOperatorTable.JSON_ARRAY) {
            boolean known =
                    isClause(operands.getFirst(), SqlJsonConstructorNullClause.ABSENT_ON_NULL);
            return named(
                    position,
                    known ? "json_array" : "json_build_array",
                    operands.subList(1, operands.size()));
        }
        if (operator.getName().equals("IS JSON VALUE")) {
            return named(position, "json_valid", operands);
        }
        if (operator.getName().equals("IS NOT JSON VALUE")) {
            return SqlStdOperatorTable.NOT.createCall(
                    position, named(position, "json_valid", operands));
        }
        @Nullable SqlNode signed = OperatorSigns.call(call);
        if (signed != null) {
            return signed;
        }
        if (operator.getName().equals("AT TIME ZONE")) {
            return named(position, "timezone", List.of(operands.get(1), operands.get(0)));
        }
        if (operator == SqlStdOperatorTable.AS) {
            return TableCall.named(call, operands);
        }
        if (operator == SqlStdOperatorTable.WITHIN_GROUP
                && operands.get(1) instanceof SqlNodeList order) {
            @Nullable SqlNode ordered = AggregateCalls.withinGroup(operands.get(0), order);
            return ordered == null ? call : ordered;
        }
        @Nullable SqlNode match = RegularExpressions.call(operator, position, operands);
        if (match != null) {
            return match;
        }
        @Nullable SqlNode comparisons = ValueLists.comparisons(call);
        if (comparisons != null) {
            return comparisons;
        }
        if (operator.getKind() == SqlKind.COLLECTION_TABLE
                && operands.getFirst() instanceof SqlCall table) {
            @Nullable SqlNode name = tableCall(position, table);
            return name == null ? call : name;
        }
        if (operator instanceof SqlUnresolvedFunction && call instanceof SqlBasicCall) {
            return byName(call, operator.getName().toLowerCase(Locale.ROOT), position, operands);
        }
        return call;
    }

    /// `t + INTERVAL '1 month 2 days'`, whose interval is a sum of two that no type holds: one after the other, the months first.
    private static SqlNode movedByParts(SqlCall call) {
        if (call.operandCount() != 2
                || !(call.operand(1) instanceof SqlCall parts)
                || parts.getKind() != SqlKind.PLUS
                || parts.operandCount() != 2
                || !(parts.operand(0) instanceof SqlIntervalLiteral)
                || !(parts.operand(1) instanceof SqlIntervalLiteral)) {
            return call;
        }
        SqlOperator sign = call.getOperator();
        SqlNode once = sign.createCall(call.getParserPosition(), call.operand(0), parts.operand(0));
        return sign.createCall(call.getParserPosition(), once, parts.operand(1));
    }

    private static boolean isClause(@Nullable SqlNode node, SqlJsonConstructorNullClause clause) {
        return node instanceof SqlLiteral literal && literal.getValue() == clause;
    }

    private static SqlNode jsonConstructor(
            SqlParserPos position,
            String name,
            List<SqlNode> operands,
            SqlJsonConstructorNullClause understood) {
        if (!isClause(operands.getFirst(), understood)) {
            throw unsupported(position, name + " keeps members that are NULL; filter them before");
        }
        return named(position, name, operands.subList(1, operands.size()));
    }

    private static SqlNode byName(
            SqlCall call, String name, SqlParserPos position, List<SqlNode> operands) {
        return switch (name) {
            case "count" ->
                    operands.isEmpty()
                            ? SqlStdOperatorTable.COUNT.createCall(
                                    call.getFunctionQuantifier(),
                                    position,
                                    SqlIdentifier.star(position))
                            : call;
            case "current_database", "current_catalog" ->
                    operands.isEmpty()
                            ? SqlLiteral.createCharString(Dialect.CATALOG, position)
                            : call;
            case "ifnull", "nvl" ->
                    operands.size() == 2
                            ? SqlStdOperatorTable.COALESCE.createCall(position, operands)
                            : call;
            case "if", "iff", "iif" ->
                    operands.size() == 3
                            ? SqlCase.createSwitched(
                                    position,
                                    null,
                                    SqlNodeList.of(operands.get(0)),
                                    SqlNodeList.of(operands.get(1)),
                                    operands.get(2))
                            : call;
            case "isnull" ->
                    operands.size() == 1
                            ? SqlStdOperatorTable.IS_NULL.createCall(position, operands)
                            : call;
            case "isnotnull" ->
                    operands.size() == 1
                            ? SqlStdOperatorTable.IS_NOT_NULL.createCall(position, operands)
                            : call;
            case "assumenotnull" -> operands.size() == 1 ? operands.getFirst() : call;
            case "countif", "count_if" ->
                    operands.size() == 1
                            ? filtered(position, count(position), operands.getFirst())
                            : call;
            case "bit_and", "bit_or", "bit_xor" ->
                    operands.size() == 2 ? named(position, name.replace("_", ""), operands) : call;
            case "regr_count" ->
                    operands.size() == 2
                            ? filtered(position, count(position), bothKnown(position, operands))
                            : call;
            case "datediff", "date_diff", "timestampdiff" ->
                    operands.size() == 3
                            ? named(position, "date_diff", unitFirst(named(operands)))
                            : call;
            case "date_add", "dateadd", "timestampadd", "timestamp_add" ->
                    operands.size() == 3 ? moved(call, SqlStdOperatorTable.PLUS) : call;
            case "date_sub", "datesub", "timestampsub", "timestamp_sub" ->
                    operands.size() == 3 ? moved(call, SqlStdOperatorTable.MINUS) : call;
            case "make_interval" -> IntervalCalls.made(call, operands);
            case "age" -> operands.size() == 1 ? IntervalCalls.sinceToday(call) : call;
            case "date_part", "datepart" -> operands.size() == 2 ? datePart(call) : call;
            case "decode", "multiif", "nvl2" -> {
                @Nullable SqlNode cases = Choices.of(call, name, operands);
                yield cases == null ? call : cases;
            }
            case "tostartofinterval" ->
                    operands.size() == 2
                            ? named(
                                    position,
                                    "time_bucket",
                                    List.of(operands.get(1), operands.get(0)))
                            : call;
            default -> {
                @Nullable SqlNode nested = NestedCalls.byName(call, name, operands);
                if (nested != null) {
                    yield nested;
                }
                @Nullable SqlNode cast = NamedCasts.of(call, name, operands);
                if (cast != null) {
                    yield cast;
                }
                @Nullable SqlNode familiar = FamiliarCalls.of(call, name, operands);
                if (familiar != null) {
                    yield familiar;
                }
                @Nullable SqlNode aggregate = AggregateCalls.call(call, name, operands);
                yield aggregate == null ? call : aggregate;
            }
        };
    }

    /// `date_add(unit, count, time)`: the time moved by so many units.
    private static SqlNode moved(SqlCall call, SqlOperator operator) {
        List<SqlNode> operands = unitFirst(named(call.getOperandList()));
        @Nullable SqlNode interval =
                NamedCasts.span(operands.get(1), operands.get(0), call.getParserPosition());
        return interval == null
                ? call
                : operator.createCall(call.getParserPosition(), operands.get(2), interval);
    }

    private static SqlNode datePart(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> operands = unitFirst(named(call.getOperandList()));
        return operands.getFirst() instanceof SqlLiteral part
                        && "epoch".equalsIgnoreCase(part.toValue())
                ? named(position, "epoch", List.of(operands.get(1)))
                : named(position, "date_part", operands);
    }

    private static SqlNode count(SqlParserPos position) {
        return SqlStdOperatorTable.COUNT.createCall(position, SqlIdentifier.star(position));
    }

    private static SqlNode bothKnown(SqlParserPos position, List<SqlNode> operands) {
        return SqlStdOperatorTable.AND.createCall(
                position,
                SqlStdOperatorTable.IS_NOT_NULL.createCall(position, operands.get(0)),
                SqlStdOperatorTable.IS_NOT_NULL.createCall(position, operands.get(1)));
    }

    private static SqlNode filtered(SqlParserPos position, SqlNode aggregate, SqlNode condition) {
        return SqlStdOperatorTable.FILTER.createCall(position, aggregate, condition);
    }

    /// The operands with a bare unit (HOUR) as a text, in front.
    private static List<SqlNode> unitFirst(List<SqlNode> operands) {
        List<SqlNode> result = new ArrayList<>();
        for (SqlNode operand : operands) {
            if (operand instanceof SqlIntervalQualifier unit) {
                String name = unit.getUnit().name().toLowerCase(Locale.ROOT);
                result.addFirst(SqlLiteral.createCharString(name, unit.getParserPosition()));
            } else {
                result.add(operand);
            }
        }
        return result;
    }

    /// The operands with a first one that is the bare name of a unit as a text.
    private static List<SqlNode> named(List<SqlNode> operands) {
        if (operands.getFirst() instanceof SqlIdentifier name
                && name.isSimple()
                && DatePart.find(name.getSimple()) != null) {
            List<SqlNode> result = new ArrayList<>(operands);
            result.set(0, SqlLiteral.createCharString(name.getSimple(), name.getParserPosition()));
            return result;
        }
        return operands;
    }

    /// `OVERLAY(text PLACING other FROM start [FOR length])`: what stands before, the other text, what stands behind.
    private static SqlNode overlaid(SqlParserPos position, List<SqlNode> operands) {
        SqlNode text = operands.get(0);
        SqlNode other = operands.get(1);
        SqlNode start = operands.get(2);
        SqlNode length =
                operands.size() > 3 ? operands.get(3) : named(position, "length", List.of(other));
        SqlNode one = SqlLiteral.createExactNumeric("1", position);
        SqlNode before =
                named(
                        position,
                        "substr",
                        List.of(
                                text,
                                one,
                                SqlStdOperatorTable.MINUS.createCall(position, start, one)));
        SqlNode behind =
                named(
                        position,
                        "substr",
                        List.of(
                                text,
                                SqlStdOperatorTable.PLUS.createCall(position, start, length)));
        return named(
                position,
                "concat_operator",
                List.of(named(position, "concat_operator", List.of(before, other)), behind));
    }

    private static SqlNode trim(SqlParserPos position, List<SqlNode> operands) {
        String name =
                switch (((SqlLiteral) operands.get(0)).getValueAs(SqlTrimFunction.Flag.class)) {
                    case BOTH -> "trim";
                    case LEADING -> "ltrim";
                    case TRAILING -> "rtrim";
                };
        return named(position, name, List.of(operands.get(2), operands.get(1)));
    }

    /// `FROM f('a', 1)` as the name under which the catalog is asked for it, or a series of what is no literal unnested; null where it is neither.
    private static @Nullable SqlNode tableCall(SqlParserPos position, SqlCall table) {
        if (!(table.getOperator() instanceof SqlUnresolvedFunction function)) {
            refuseForeign(position, table);
            return null;
        }
        List<String> parts = new ArrayList<>();
        parts.add(function.getName().toLowerCase(Locale.ROOT));
        for (SqlNode operand : table.getOperandList()) {
            @Nullable String text = literalText(operand);
            if (text == null) {
                refuseForeign(position, table);
                return TableCall.series(position, parts.getFirst(), table.getOperandList());
            }
            parts.add(text);
        }
        @Nullable SqlIdentifier name = function.getSqlIdentifier();
        List<String> names = name == null ? List.of(function.getName()) : name.names;
        return new TableCall.Folded(names, parts, table.getOperandList(), position);
    }

    private static void refuseForeign(SqlParserPos position, SqlCall table) {
        String name = table.getOperator().getName();
        @Nullable String instead = ForeignFunctions.instead(name);
        if (instead != null) {
            throw unsupported(position, name + " is not supported; " + instead);
        }
    }

    private static @Nullable String literalText(SqlNode operand) {
        if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            @Nullable String value = literalText(((SqlCall) operand).operand(0));
            return value == null ? null : ((SqlCall) operand).operand(1) + "=" + value;
        }
        if (operand instanceof SqlCall call
                && call.getKind() == SqlKind.MINUS_PREFIX
                && call.operand(0) instanceof SqlLiteral number) {
            return "-" + number.toValue();
        }
        if (operand.getKind() == SqlKind.CAST) {
            SqlCall cast = (SqlCall) operand;
            @Nullable String value = literalText(cast.operand(0));
            return value != null && TableCall.isInstant(cast.operand(1))
                    ? TableCall.INSTANT + value
                    : value;
        }
        if (operand instanceof SqlIntervalLiteral literal) {
            return TableCall.text(literal);
        }
        return operand instanceof SqlLiteral literal && !(operand instanceof SqlIntervalQualifier)
                ? literal.toValue()
                : null;
    }

    static CalciteContextException unsupported(SqlParserPos position, String message) {
        return refused(position, ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }

    static CalciteContextException refused(SqlParserPos position, ErrorCode code, String message) {
        return new CalciteContextException(
                message,
                new BasaltException(code, message),
                position.getLineNum(),
                position.getColumnNum(),
                position.getEndLineNum(),
                position.getEndColumnNum());
    }

    static SqlCall named(SqlParserPos position, String name, List<SqlNode> operands) {
        return named(position, name, operands, null);
    }

    /// A call with ALL or DISTINCT, or neither.
    static SqlCall named(
            SqlParserPos position,
            String name,
            List<SqlNode> operands,
            @Nullable SqlLiteral quantifier) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(name, position),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(quantifier, position, operands);
    }
}
