package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.query.expression.Expression.Is.Test;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.IntervalFunctions;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.function.StructMember;
import io.basaltdb.query.function.StructValue;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/// Calcite's row expressions → ours. Implicit conversions of Calcite become casts, so that operands have the types their operator asks for.
final class ExpressionBuilder {
    private ExpressionBuilder() {}

    /// @throws BasaltException FEATURE_NOT_SUPPORTED for what no kernel computes
    static Expression build(RexNode node) {
        return switch (node) {
            case RexInputRef column -> new Expression.Column(column.getIndex(), type(column));
            case RexLiteral literal -> literal(literal, type(literal));
            case RexDynamicParam parameter ->
                    new Expression.Parameter(parameter.getIndex(), type(parameter));
            case RexOver _ -> throw unsupported("Window functions are");
            case RexSubQuery _ -> throw unsupported("A sub-query at this place is");
            case RexFieldAccess access
                    when !(access.getReferenceExpr() instanceof RexCorrelVariable) ->
                    function(
                            new StructMember(access.getField().getName()),
                            List.of(build(access.getReferenceExpr())),
                            type(access));
            case RexCall call -> call(call);
            default -> throw unsupported("A reference to an outer query at this place is");
        };
    }

    static List<Expression> build(List<? extends RexNode> nodes) {
        List<Expression> built = new ArrayList<>(nodes.size());
        for (RexNode node : nodes) {
            built.add(build(node));
        }
        return built;
    }

    private static Type type(RexNode node) {
        return RelTypes.toType(node.getType());
    }

    static Expression literal(RexLiteral literal, Type type) {
        return new Expression.Literal(Literals.value(literal, type), type);
    }

    private static BasaltException unsupported(String what) {
        return new BasaltException(ErrorCode.FEATURE_NOT_SUPPORTED, what + " not supported yet");
    }

    private static Expression call(RexCall call) {
        if (call.getOperator() instanceof CatalogOperator operator) {
            if (operator.function().name().equals("nullif") && Type.hasIntervals(type(call))) {
                return nullIfEqual(call);
            }
            return function(operator.function(), build(call.getOperands()), type(call));
        }
        if (call.getOperator() instanceof SlotOperator operator) {
            return operator.slot();
        }
        if (call.getOperator() instanceof LambdaParameter) {
            throw LambdaClosure.misplaced("sub-queries and aggregates");
        }
        return switch (call.getKind()) {
            case AND -> new Expression.And(build(call.getOperands()));
            case OR -> new Expression.Or(build(call.getOperands()));
            case NOT -> new Expression.Not(operand(call, 0));
            case EQUALS -> comparison(Operator.EQUAL, call);
            case NOT_EQUALS -> comparison(Operator.NOT_EQUAL, call);
            case LESS_THAN -> comparison(Operator.LESS, call);
            case LESS_THAN_OR_EQUAL -> comparison(Operator.LESS_OR_EQUAL, call);
            case GREATER_THAN -> comparison(Operator.GREATER, call);
            case GREATER_THAN_OR_EQUAL -> comparison(Operator.GREATER_OR_EQUAL, call);
            case IS_DISTINCT_FROM -> comparison(Operator.IS_DISTINCT_FROM, call);
            case IS_NOT_DISTINCT_FROM -> comparison(Operator.IS_NOT_DISTINCT_FROM, call);
            case IS_NULL, IS_UNKNOWN -> new Expression.Is(operand(call, 0), Test.NULL);
            case IS_NOT_NULL -> new Expression.Is(operand(call, 0), Test.NOT_NULL);
            case IS_TRUE -> new Expression.Is(operand(call, 0), Test.TRUE);
            case IS_NOT_TRUE -> new Expression.Is(operand(call, 0), Test.NOT_TRUE);
            case IS_FALSE -> new Expression.Is(operand(call, 0), Test.FALSE);
            case IS_NOT_FALSE -> new Expression.Is(operand(call, 0), Test.NOT_FALSE);
            case SEARCH -> search(call);
            case CASE -> choice(call);
            case COALESCE -> coalesce(call);
            case CAST, REINTERPRET -> cast(operand(call, 0), type(call));
            case SAFE_CAST -> new Expression.Cast(operand(call, 0), type(call), true);
            case LIKE -> like(call);
            case EXTRACT ->
                    function(
                            "date_part",
                            List.of(text(unit(call, 0)), operand(call, 1)),
                            type(call));
            case FLOOR -> floor(call);
            case CEIL -> ceiling(call);
            case PLUS -> arithmetic("add", call);
            case MINUS -> arithmetic("subtract", call);
            case TIMES -> arithmetic("multiply", call);
            case DIVIDE -> arithmetic("divide", call);
            case MOD -> arithmetic("modulo", call);
            case ROW -> {
                Type.Struct struct = (Type.Struct) type(call);
                yield function(
                        new StructValue(
                                struct.members().stream().map(Type.Struct.Member::name).toList()),
                        build(call.getOperands()),
                        struct);
            }
            case MINUS_PREFIX -> arithmetic("negate", call);
            case PLUS_PREFIX -> operand(call, 0);
            default -> {
                if (call.getOperator().getName().equals("*")) {
                    yield arithmetic("multiply", call);
                }
                throw unsupported("Operator " + call.getOperator().getName() + " is");
            }
        };
    }

    private static Expression operand(RexCall call, int index) {
        return build(call.getOperands().get(index));
    }

    private static Expression comparison(Operator operator, RexCall call) {
        Expression left = operand(call, 0);
        Expression right = operand(call, 1);
        Type common = CommonType.of(left.type(), right.type());
        if (Type.hasIntervals(common)) {
            if (!(common instanceof Type.CalendarInterval)) {
                throw IntervalKeys.refused("A comparison");
            }
            return comparison(operator, length(left), length(right));
        }
        return comparison(operator, left, right);
    }

    /// Of intervals, whose equality is not that of their bytes.
    private static Expression nullIfEqual(RexCall call) {
        Type type = type(call);
        return new Expression.Case(
                List.of(
                        new Expression.Case.Branch(
                                comparison(Operator.EQUAL, call),
                                new Expression.Literal(Value.NULL, type))),
                cast(operand(call, 0), type),
                type);
    }

    private static Expression length(Expression interval) {
        return function(
                IntervalFunctions.LENGTH,
                List.of(cast(interval, Type.INTERVAL)),
                new Type.Decimal(Type.Decimal.MAX_PRECISION, 0));
    }

    private static Expression comparison(Operator operator, Expression left, Expression right) {
        Type common = CommonType.of(left.type(), right.type());
        Expression bare =
                CastUnwrapping.of(
                        new Expression.Comparison(
                                operator, aligned(left, common), aligned(right, common)));
        return bare instanceof Expression.Comparison comparison
                ? CalendarRanges.of(comparison)
                : bare;
    }

    /// The expression in that type, unless it is a whole number already and so is the type: their order is the same in every width.
    private static Expression aligned(Expression expression, Type type) {
        return expression.type() instanceof Type.Int && type instanceof Type.Int
                ? expression
                : cast(expression, type);
    }

    static Expression cast(Expression expression, Type type) {
        if (expression.type().equals(type)) {
            return expression;
        }
        if (expression instanceof Expression.Literal(Value value, Type from)) {
            if (value.isNull()) {
                return new Expression.Literal(Value.NULL, type);
            }
            @Nullable Value exact = ExactCast.of(value, from, type);
            if (exact != null) {
                return new Expression.Literal(exact, type);
            }
        }
        return new Expression.Cast(expression, type, false);
    }

    private static Expression coalesce(RexCall call) {
        Type type = type(call);
        List<Expression> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            operands.add(cast(build(operand), type));
        }
        return new Expression.Coalesce(operands, type);
    }

    private static Expression choice(RexCall call) {
        Type type = type(call);
        List<Expression.Case.Branch> branches = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            branches.add(
                    new Expression.Case.Branch(
                            build(operands.get(i)), cast(build(operands.get(i + 1)), type)));
        }
        return new Expression.Case(branches, cast(build(operands.getLast()), type), type);
    }

    private static Expression like(RexCall call) {
        SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
        String name =
                switch (operator.getName().toUpperCase(Locale.ROOT)) {
                    case "LIKE", "NOT LIKE" -> "like";
                    case "ILIKE", "NOT ILIKE" -> "ilike";
                    default -> throw unsupported(operator.getName() + " is");
                };
        Expression like = function(name, build(call.getOperands()), Type.BOOLEAN);
        return operator.isNegated() ? new Expression.Not(like) : like;
    }

    private static Expression arithmetic(String name, RexCall call) {
        ScalarFunction function = FunctionCatalog.get(name);
        return function(
                name.equals("divide") ? new Quotient(function) : function,
                build(call.getOperands()),
                type(call));
    }

    private static Expression function(String name, List<Expression> arguments, Type type) {
        return function(FunctionCatalog.get(name), arguments, type);
    }

    /// The call, with operands cast to what the function takes and the result to the type that the tree says.
    private static Expression function(
            ScalarFunction function, List<Expression> arguments, Type type) {
        List<Type> types = arguments.stream().map(Expression::type).toList();
        @Nullable List<Type> fitting = FunctionOperator.fitting(function, types);
        if (fitting == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "Function "
                            + function.name()
                            + " does not take "
                            + types.stream()
                                    .map(Type::sql)
                                    .collect(java.util.stream.Collectors.joining(", ")));
        }
        ScalarFunction called =
                function instanceof Quotient(ScalarFunction division) ? division : function;
        fitting = function.operandTypes(fitting);
        List<Expression> operands = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            operands.add(cast(arguments.get(i), fitting.get(i)));
        }
        Type result = called.resultType(fitting);
        assert result != null;
        if (!operands.isEmpty()
                && operands.getFirst() instanceof Expression.Literal(Value value, Type _)
                && IntervalRanges.isLength(called)) {
            return cast(new Expression.Literal(IntervalRanges.length(value), result), type);
        }
        return cast(new Expression.Call(called, operands, result), type);
    }

    private static Expression floor(RexCall call) {
        return call.getOperands().size() == 1
                ? function("floor", build(call.getOperands()), type(call))
                : function(
                        "date_trunc", List.of(text(unit(call, 1)), operand(call, 0)), type(call));
    }

    private static Expression ceiling(RexCall call) {
        if (call.getOperands().size() > 1) {
            throw unsupported("CEIL to a unit of time is");
        }
        return function("ceil", build(call.getOperands()), type(call));
    }

    private static Expression text(String value) {
        return new Expression.Literal(Value.of(value), Type.TEXT);
    }

    private static String unit(RexCall call, int index) {
        RexLiteral flag = (RexLiteral) call.getOperands().get(index);
        @Nullable TimeUnitRange unit = flag.getValueAs(TimeUnitRange.class);
        assert unit != null;
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private static Expression search(RexCall call) {
        RexLiteral argument = (RexLiteral) call.getOperands().get(1);
        @Nullable Sarg<?> sarg = argument.getValueAs(Sarg.class);
        assert sarg != null;
        RelDataType searched = argument.getType();
        Type type = RelTypes.toType(searched);
        Expression operand = aligned(operand(call, 0), type);
        Expression.In.NullIs nullIs =
                switch (sarg.nullAs) {
                    case UNKNOWN -> Expression.In.NullIs.UNKNOWN;
                    case TRUE -> Expression.In.NullIs.TRUE;
                    case FALSE -> Expression.In.NullIs.FALSE;
                };
        Expression bare =
                CastUnwrapping.of(new Expression.In(operand, SearchRanges.of(sarg, type), nullIs));
        return bare instanceof Expression.In search ? CalendarRanges.of(search) : bare;
    }
}
