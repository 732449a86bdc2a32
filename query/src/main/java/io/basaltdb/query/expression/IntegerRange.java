package io.basaltdb.query.expression;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The least and the greatest whole number that an expression can be, by types and constants.
record IntegerRange(long min, long max) {
    /// Whether a sum or difference of integers is always one of its type: `CAST(small AS BIGINT) + 1`.
    static boolean fits(Expression.Call call) {
        return call.type() instanceof Type.Int type && within(of(call), type);
    }

    private static boolean within(@Nullable IntegerRange range, Type.Int type) {
        IntegerRange all = ofType(type);
        return range != null && range.min >= all.min && range.max <= all.max;
    }

    /// Null where nothing is known, or the bounds are no longs.
    private static @Nullable IntegerRange of(Expression expression) {
        if (!(expression.type() instanceof Type.Int type)) {
            return null;
        }
        return switch (expression) {
            case Expression.Literal(Value.Whole(long number), Type _) ->
                    new IntegerRange(number, number);
            case Expression.Cast cast when cast.operand().type() instanceof Type.Int -> {
                @Nullable IntegerRange operand = of(cast.operand());
                yield within(operand, type) ? operand : ofType(type);
            }
            case Expression.Call call when call.arguments().size() == 2 -> sum(call);
            default -> ofType(type);
        };
    }

    private static @Nullable IntegerRange sum(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        @Nullable IntegerRange left = of(arguments.get(0));
        @Nullable IntegerRange right = of(arguments.get(1));
        if (left == null || right == null) {
            return null;
        }
        try {
            return switch (call.function().name()) {
                case "add" ->
                        new IntegerRange(
                                Math.addExact(left.min, right.min),
                                Math.addExact(left.max, right.max));
                case "subtract" ->
                        new IntegerRange(
                                Math.subtractExact(left.min, right.max),
                                Math.subtractExact(left.max, right.min));
                default -> ofType((Type.Int) call.type());
            };
        } catch (ArithmeticException _) {
            return null;
        }
    }

    private static IntegerRange ofType(Type.Int type) {
        long max = Long.MAX_VALUE >>> (Long.SIZE - type.bits());
        return new IntegerRange(-max - 1, max);
    }
}
