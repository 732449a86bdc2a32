package io.basaltdb.query.expression;

import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Evaluates expressions one row at a time with BigDecimal and String: slow and obvious. An error is a [Failure] with its SQLSTATE.
final class Oracle {
    /// What a row may raise.
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final String state;

        Failure(String state) {
            super(state, null, false, false);
            this.state = state;
        }
    }

    private Oracle() {}

    static Value evaluate(Expression expression, List<Value> row) {
        return switch (expression) {
            case Expression.Column(int index, Type _) -> row.get(index);
            case Expression.Literal(Value value, Type _) -> value;
            case Expression.Parameter _, Expression.Slot _ -> throw new AssertionError();
            case Expression.Call call -> call(call, row);
            case Expression.Cast cast -> throw new AssertionError("casts have tests of their own");
            case Expression.Comparison comparison -> compare(comparison, row);
            case Expression.In(Expression operand, var ranges, var nullIs) -> {
                Value value = evaluate(operand, row);
                if (value.isNull()) {
                    yield switch (nullIs) {
                        case UNKNOWN -> Value.NULL;
                        case FALSE -> Value.of(false);
                        case TRUE -> Value.of(true);
                    };
                }
                yield Value.of(ranges.intervals().stream().anyMatch(i -> i.contains(value)));
            }
            case Expression.And(List<Expression> operands) -> junction(operands, row, false);
            case Expression.Or(List<Expression> operands) -> junction(operands, row, true);
            case Expression.Not(Expression operand) -> {
                Value value = evaluate(operand, row);
                yield value instanceof Value.Bool(boolean b) ? Value.of(!b) : Value.NULL;
            }
            case Expression.Is(Expression operand, var test) -> {
                Value value = evaluate(operand, row);
                boolean isTrue = value.equals(Value.of(true));
                boolean isFalse = value.equals(Value.of(false));
                yield Value.of(
                        switch (test) {
                            case NULL -> value.isNull();
                            case NOT_NULL -> !value.isNull();
                            case TRUE -> isTrue;
                            case NOT_TRUE -> !isTrue;
                            case FALSE -> isFalse;
                            case NOT_FALSE -> !isFalse;
                        });
            }
            case Expression.Case(var branches, var otherwise, Type _) -> {
                for (Expression.Case.Branch branch : branches) {
                    if (evaluate(branch.condition(), row).equals(Value.of(true))) {
                        yield evaluate(branch.result(), row);
                    }
                }
                yield evaluate(otherwise, row);
            }
            case Expression.Coalesce(List<Expression> operands, Type _) -> {
                for (Expression operand : operands) {
                    Value value = evaluate(operand, row);
                    if (!value.isNull()) {
                        yield value;
                    }
                }
                yield Value.NULL;
            }
        };
    }

    /// Operands that cannot fail first, then the others in order until one decides.
    private static Value junction(List<Expression> operands, List<Value> row, boolean decider) {
        Value result = Value.of(!decider);
        for (boolean fallible : new boolean[] {false, true}) {
            for (Expression operand : operands) {
                if (Expressions.isFallible(operand) != fallible) {
                    continue;
                }
                Value value = evaluate(operand, row);
                if (value.equals(Value.of(decider))) {
                    return value;
                }
                if (value.isNull()) {
                    result = value;
                }
            }
        }
        return result;
    }

    static BigDecimal number(Value value, Type type) {
        return new BigDecimal(
                Value.unscaled(value), type instanceof Type.Decimal(int _, int scale) ? scale : 0);
    }

    static double floating(Value value, Type type) {
        return value instanceof Value.Floating(double d) ? d : number(value, type).doubleValue();
    }

    private static boolean isExact(Type type) {
        return type instanceof Type.Int || type instanceof Type.Decimal;
    }

    private static int order(Value a, Type left, Value b, Type right) {
        if (isExact(left) && isExact(right)) {
            return number(a, left).compareTo(number(b, right));
        }
        if (a instanceof Value.Floating || b instanceof Value.Floating) {
            return Value.compareDoubles(floating(a, left), floating(b, right));
        }
        return Value.compare(a, b);
    }

    private static Value compare(Expression.Comparison comparison, List<Value> row) {
        Value a = evaluate(comparison.left(), row);
        Value b = evaluate(comparison.right(), row);
        Operator operator = comparison.operator();
        boolean knowsNull =
                operator == Operator.IS_DISTINCT_FROM || operator == Operator.IS_NOT_DISTINCT_FROM;
        if (a.isNull() || b.isNull()) {
            return knowsNull
                    ? Value.of(
                            (a.isNull() == b.isNull())
                                    == (operator == Operator.IS_NOT_DISTINCT_FROM))
                    : Value.NULL;
        }
        int order = order(a, comparison.left().type(), b, comparison.right().type());
        return Value.of(
                switch (operator) {
                    case EQUAL, IS_NOT_DISTINCT_FROM -> order == 0;
                    case NOT_EQUAL, IS_DISTINCT_FROM -> order != 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                });
    }

    private static Value call(Expression.Call call, List<Value> row) {
        List<Value> values = call.arguments().stream().map(a -> evaluate(a, row)).toList();
        if (values.stream().anyMatch(Value::isNull)) {
            return Value.NULL;
        }
        List<Type> types = call.arguments().stream().map(Expression::type).toList();
        return switch (call.function().name()) {
            case "add", "subtract", "multiply", "divide", "modulo" ->
                    arithmetic(call.function().name(), values, types, call.type());
            case "negate" ->
                    isExact(call.type())
                            ? exact(number(values.get(0), types.get(0)).negate(), call.type())
                            : Value.of(-floating(values.get(0), types.get(0)));
            case "abs" ->
                    isExact(call.type())
                            ? exact(number(values.get(0), types.get(0)).abs(), call.type())
                            : Value.of(Math.abs(floating(values.get(0), types.get(0))));
            case "like" -> Value.of(like(text(values.get(0)), text(values.get(1))));
            case "length" ->
                    Value.of(
                            (long)
                                    text(values.get(0))
                                            .codePointCount(0, text(values.get(0)).length()));
            case "upper" -> Value.of(mapped(text(values.get(0)), true));
            case "lower" -> Value.of(mapped(text(values.get(0)), false));
            default -> throw new AssertionError(call.function().name());
        };
    }

    static String text(Value value) {
        return new String(((Value.Bytes) value).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    static String mapped(String text, boolean upper) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c ->
                        out.appendCodePoint(
                                upper ? Character.toUpperCase(c) : Character.toLowerCase(c)));
        return out.toString();
    }

    /// By java.util.regex: each character of the pattern turned into one of its own.
    static boolean like(String text, String pattern) {
        StringBuilder regex = new StringBuilder();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append(".");
            } else {
                if (c == '\\') {
                    if (++i == characters.length) {
                        throw new Failure("22025");
                    }
                    c = characters[i];
                }
                regex.append(java.util.regex.Pattern.quote(Character.toString(c)));
            }
        }
        return java.util.regex.Pattern.compile(regex.toString(), java.util.regex.Pattern.DOTALL)
                .matcher(text)
                .matches();
    }

    private static Value arithmetic(
            String name, List<Value> values, List<Type> types, Type result) {
        if (!isExact(result)) {
            double a = floating(values.get(0), types.get(0));
            double b = floating(values.get(1), types.get(1));
            if (b == 0 && (name.equals("divide") || name.equals("modulo"))) {
                throw new Failure("22012");
            }
            double r =
                    switch (name) {
                        case "add" -> a + b;
                        case "subtract" -> a - b;
                        case "multiply" -> a * b;
                        case "divide" -> a / b;
                        default -> a % b;
                    };
            return Value.of(result instanceof Type.Real ? (double) (float) r : r);
        }
        BigDecimal a = number(values.get(0), types.get(0));
        BigDecimal b = number(values.get(1), types.get(1));
        if (b.signum() == 0 && (name.equals("divide") || name.equals("modulo"))) {
            throw new Failure("22012");
        }
        int scale = result instanceof Type.Decimal(int _, int s) ? s : 0;
        return exact(
                switch (name) {
                    case "add" -> a.add(b);
                    case "subtract" -> a.subtract(b);
                    case "multiply" -> a.multiply(b);
                    case "divide" ->
                            a.divide(
                                    b,
                                    scale,
                                    result instanceof Type.Int
                                            ? RoundingMode.DOWN
                                            : RoundingMode.HALF_UP);
                    default -> a.remainder(b);
                },
                result);
    }

    static Value exact(BigDecimal number, Type type) {
        int scale = type instanceof Type.Decimal(int _, int s) ? s : 0;
        BigInteger unscaled = number.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        boolean fits =
                type instanceof Type.Int(int bits)
                        ? unscaled.bitLength() < bits
                        : unscaled.abs()
                                        .compareTo(
                                                BigInteger.TEN.pow(
                                                        ((Type.Decimal) type).precision()))
                                < 0;
        if (!fits) {
            throw new Failure("22003");
        }
        return Value.of(unscaled);
    }
}
