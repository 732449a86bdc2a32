package io.basaltdb.query.expression;

import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.function.Volatility;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Questions about expressions, and the making of calls by name.
public final class Expressions {
    private Expressions() {}

    /// A call of the named function, its type derived from the arguments. `coalesce`, `ifnull`, `nvl`, `nullif`, `if` become the expressions that narrow rows.
    ///
    /// @throws BasaltException UNDEFINED_FUNCTION where no function of that name takes these arguments
    public static Expression call(String name, List<Expression> arguments) {
        List<Type> types = arguments.stream().map(Expression::type).toList();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "coalesce", "ifnull", "nvl" ->
                    new Expression.Coalesce(arguments, arguments.getFirst().type());
            case "nullif" -> nullIf(arguments, types);
            case "if", "iff" -> {
                if (arguments.size() != 3) {
                    throw unknown(name, types);
                }
                yield new Expression.Case(
                        List.of(new Expression.Case.Branch(arguments.get(0), arguments.get(1))),
                        arguments.get(2),
                        arguments.get(1).type());
            }
            default -> {
                ScalarFunction function = FunctionCatalog.get(name);
                Type type = function.resultType(types);
                if (type == null) {
                    throw unknown(name, types);
                }
                yield new Expression.Call(function, arguments, type);
            }
        };
    }

    private static Expression nullIf(List<Expression> arguments, List<Type> types) {
        if (arguments.size() != 2) {
            throw unknown("nullif", types);
        }
        Expression first = arguments.get(0);
        Expression isSame =
                new Expression.Comparison(
                        Expression.Comparison.Operator.EQUAL, first, arguments.get(1));
        return new Expression.Case(
                List.of(
                        new Expression.Case.Branch(
                                isSame, new Expression.Literal(Value.NULL, first.type()))),
                first,
                first.type());
    }

    private static BasaltException unknown(String name, List<Type> types) {
        return new BasaltException(
                ErrorCode.UNDEFINED_FUNCTION,
                types.stream()
                        .map(Type::sql)
                        .collect(
                                Collectors.joining(
                                        ", ", "there is no function " + name + "(", ")")));
    }

    /// The operands of an expression, in order.
    public static List<Expression> operands(Expression expression) {
        return switch (expression) {
            case Expression.Column _, Expression.Literal _ -> List.of();
            case Expression.Parameter _, Expression.Slot _ -> List.of();
            case Expression.Call call -> call.arguments();
            case Expression.Cast cast -> List.of(cast.operand());
            case Expression.Comparison comparison -> List.of(comparison.left(), comparison.right());
            case Expression.In in -> List.of(in.operand());
            case Expression.And and -> and.operands();
            case Expression.Or or -> or.operands();
            case Expression.Not not -> List.of(not.operand());
            case Expression.Is is -> List.of(is.operand());
            case Expression.Case choice -> {
                List<Expression> all = new java.util.ArrayList<>();
                for (Expression.Case.Branch branch : choice.branches()) {
                    all.add(branch.condition());
                    all.add(branch.result());
                }
                all.add(choice.otherwise());
                yield List.copyOf(all);
            }
            case Expression.Coalesce coalesce -> coalesce.operands();
        };
    }

    /// Visits the expression and everything below it, operands first.
    public static void visit(Expression expression, Consumer<Expression> visitor) {
        for (Expression operand : operands(expression)) {
            visit(operand, visitor);
        }
        visitor.accept(expression);
    }

    /// Whether evaluating the expression can raise an error for some row, judged by types and constants. What is fallible must not be moved below a filter,
    /// join or limit, nor dropped.
    public static boolean isFallible(Expression expression) {
        for (Expression operand : operands(expression)) {
            if (isFallible(operand)) {
                return true;
            }
        }
        return switch (expression) {
            case Expression.Call call -> callIsFallible(call);
            case Expression.Cast cast ->
                    !cast.orNull() && Casts.isFallible(cast.operand().type(), cast.type());
            case Expression.Column _, Expression.Literal _, Expression.Parameter _ -> false;
            case Expression.Slot _, Expression.Comparison _, Expression.In _ -> false;
            case Expression.And _, Expression.Or _, Expression.Not _, Expression.Is _ -> false;
            case Expression.Case _, Expression.Coalesce _ -> false;
        };
    }

    /// Constants prove more than types: a divisor that is a literal other than 0 and -1 cannot fail, nor can a pattern that was checked once.
    private static boolean callIsFallible(Expression.Call call) {
        List<Type> types = call.arguments().stream().map(Expression::type).toList();
        if (!call.function().isFallible(types, call.type())) {
            return false;
        }
        return switch (call.function().name()) {
            case "add", "subtract" -> !IntegerRange.fits(call);
            case "divide", "modulo", "integer_divide" -> !dividesSafely(call);
            case "like", "ilike" -> !constantsAreGood(call);
            case "date_part", "date_trunc" -> !constantsAreGood(call);
            case "substring", "split_part" -> !positiveFrom(call);
            case "regexp_like",
                    "regexp_replace",
                    "regexp_extract",
                    "regexp_extract_all",
                    "regexp_count" ->
                    !takesEmptyText(call);
            default -> true;
        };
    }

    private static boolean dividesSafely(Expression.Call call) {
        return call.type() instanceof Type.Int
                && call.arguments().get(1) instanceof Expression.Literal(Value divisor, Type _)
                && divisor instanceof Value.Whole(long number)
                && number != 0
                && number != -1;
    }

    /// Whether every constant argument stands as a literal, so that binding checks it, and only constants can fail.
    private static boolean constantsAreGood(Expression.Call call) {
        boolean first = call.function().name().startsWith("date");
        for (int i = 0; i < call.arguments().size(); i++) {
            boolean mustBeLiteral = first ? i == 0 : i > 0;
            if (mustBeLiteral && !(call.arguments().get(i) instanceof Expression.Literal)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the call works on the empty text, all its other arguments being literals: what can be wrong with them does not depend on the text.
    private static boolean takesEmptyText(Expression.Call call) {
        List<Expression> arguments = new ArrayList<>(call.arguments());
        arguments.set(0, new Expression.Literal(Value.of(""), Type.TEXT));
        return ConstantFolder.fold(call(call.function().name(), arguments)).isPresent();
    }

    private static boolean positiveFrom(Expression.Call call) {
        for (int i = 1; i < call.arguments().size(); i++) {
            Expression argument = call.arguments().get(i);
            if (argument.type() instanceof Type.Int
                    && !(argument instanceof Expression.Literal(Value value, Type _)
                            && value instanceof Value.Whole(long number)
                            && number > 0)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the value is the same in every row and every session: only literals and immutable functions. Such an expression may be folded.
    public static boolean isFoldable(Expression expression) {
        return isImmutable(expression, false);
    }

    /// Whether the value is the same in every session, for the same values of columns where it may have any.
    private static boolean isImmutable(Expression expression, boolean mayHaveColumns) {
        boolean self =
                switch (expression) {
                    case Expression.Column _ -> mayHaveColumns;
                    case Expression.Parameter _, Expression.Slot _ -> false;
                    case Expression.Call call ->
                            call.function().volatility() == Volatility.IMMUTABLE
                                    || (!(call.function() instanceof ListLambda)
                                            && !readsZone(call));
                    case Expression.Cast cast ->
                            !Casts.readsZone(cast.operand().type(), cast.type());
                    case Expression.Literal _, Expression.Comparison _, Expression.In _ -> true;
                    case Expression.And _, Expression.Or _, Expression.Not _ -> true;
                    case Expression.Is _, Expression.Case _, Expression.Coalesce _ -> true;
                };
        return self
                && operands(expression).stream()
                        .allMatch(operand -> isImmutable(operand, mayHaveColumns));
    }

    /// How steady an expression is where it takes the place of a function of its columns.
    static Volatility volatility(Expression expression) {
        if (!isDeterministic(expression)) {
            return Volatility.VOLATILE;
        }
        return isImmutable(expression, true) ? Volatility.IMMUTABLE : Volatility.STABLE;
    }

    /// The expression with something else in the place of each column.
    static Expression replaceColumns(
            Expression expression, Function<Expression.Column, Expression> replacement) {
        UnaryOperator<Expression> inner = operand -> replaceColumns(operand, replacement);
        return switch (expression) {
            case Expression.Column column -> replacement.apply(column);
            case Expression.Literal _, Expression.Parameter _, Expression.Slot _ -> expression;
            case Expression.Call(var function, var arguments, var type) ->
                    new Expression.Call(function, all(arguments, inner), type);
            case Expression.Cast(var operand, var type, var orNull) ->
                    new Expression.Cast(inner.apply(operand), type, orNull);
            case Expression.Comparison(var operator, var left, var right) ->
                    new Expression.Comparison(operator, inner.apply(left), inner.apply(right));
            case Expression.In(var operand, var ranges, var nullIs) ->
                    new Expression.In(inner.apply(operand), ranges, nullIs);
            case Expression.And and -> new Expression.And(all(and.operands(), inner));
            case Expression.Or or -> new Expression.Or(all(or.operands(), inner));
            case Expression.Not not -> new Expression.Not(inner.apply(not.operand()));
            case Expression.Is(var operand, var test) ->
                    new Expression.Is(inner.apply(operand), test);
            case Expression.Case(var branches, var otherwise, var type) ->
                    new Expression.Case(
                            branches.stream()
                                    .map(branch ->
                                            new Expression.Case.Branch(
                                                    inner.apply(branch.condition()),
                                                    inner.apply(branch.result())))
                                    .toList(),
                            inner.apply(otherwise),
                            type);
            case Expression.Coalesce(var operands, var type) ->
                    new Expression.Coalesce(all(operands, inner), type);
        };
    }

    private static List<Expression> all(
            List<Expression> expressions, UnaryOperator<Expression> change) {
        return expressions.stream().map(change).toList();
    }

    /// A stable calendar function depends on the session only through TIMESTAMP WITH TIME ZONE.
    private static boolean readsZone(Expression.Call call) {
        if (call.function().volatility() == Volatility.VOLATILE) {
            return true;
        }
        return call.arguments().isEmpty()
                || call.arguments().stream()
                        .anyMatch(argument -> argument.type() instanceof Type.TimestampTz);
    }

    /// Whether two evaluations in one query give the same: no volatile function inside.
    public static boolean isDeterministic(Expression expression) {
        boolean self =
                !(expression instanceof Expression.Call call)
                        || call.function().volatility() != Volatility.VOLATILE;
        return self && operands(expression).stream().allMatch(Expressions::isDeterministic);
    }

    /// Whether the value is the same in every row of one execution: no column and no volatile function inside.
    static boolean isConstantInQuery(Expression expression) {
        boolean self =
                switch (expression) {
                    case Expression.Column _ -> false;
                    case Expression.Call call ->
                            call.function().volatility() != Volatility.VOLATILE;
                    case Expression.Literal _, Expression.Parameter _, Expression.Slot _ -> true;
                    case Expression.Cast _, Expression.Comparison _, Expression.In _ -> true;
                    case Expression.And _, Expression.Or _, Expression.Not _ -> true;
                    case Expression.Is _, Expression.Case _, Expression.Coalesce _ -> true;
                };
        return self && operands(expression).stream().allMatch(Expressions::isConstantInQuery);
    }
}
