package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.NestedTypes;
import io.basaltdb.storage.type.Type;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/// The type in which two values are compared.
final class CommonType {
    private CommonType() {}

    /// One of the two where they have nothing in common: the comparison was accepted, so that one of them is NULL.
    static Type of(Type left, Type right) {
        if (left.equals(right) || right instanceof Type.Null) {
            return left;
        }
        if (left instanceof Type.Null) {
            return right;
        }
        if (isApproximate(left) || isApproximate(right)) {
            return Type.DOUBLE;
        }
        if (left instanceof Type.Int(int a) && right instanceof Type.Int(int b)) {
            return a >= b ? left : right;
        }
        if (isExact(left) && isExact(right)) {
            return decimal(digits(left), scale(left), digits(right), scale(right));
        }
        if (left instanceof Type.Nested && right instanceof Type.Nested) {
            @Nullable Type common = NestedTypes.common(left, right);
            return common == null ? left : common;
        }
        if (left instanceof Type.Opaque || right instanceof Type.Opaque) {
            return left instanceof Type.Opaque ? left : right;
        }
        return instants(left, right);
    }

    /// Whether values of both types are compared as they are, without a conversion: then equality carries over from one pair to the next.
    static boolean haveSameOrder(RelDataType left, RelDataType right) {
        Type a = RelTypes.toType(left);
        Type b = RelTypes.toType(right);
        return a.equals(b) || (a instanceof Type.Int && b instanceof Type.Int);
    }

    static boolean areWhole(RelDataType left, RelDataType right) {
        return RelTypes.toType(left) instanceof Type.Int
                && RelTypes.toType(right) instanceof Type.Int;
    }

    private static Type instants(Type left, Type right) {
        return switch (left) {
            case Type.Timestamp(int a) ->
                    switch (right) {
                        case Type.Timestamp(int b) -> a >= b ? left : right;
                        case Type.TimestampTz _ -> right;
                        default -> left;
                    };
            case Type.TimestampTz(int a) ->
                    right instanceof Type.TimestampTz(int b) && b > a ? right : left;
            case Type.Date _ -> right instanceof Type.Text ? left : right;
            default -> left;
        };
    }

    private static Type decimal(int leftDigits, int leftScale, int rightDigits, int rightScale) {
        int scale = Math.max(leftScale, rightScale);
        int whole = Math.max(leftDigits - leftScale, rightDigits - rightScale);
        return new Type.Decimal(Math.min(whole + scale, Type.Decimal.MAX_PRECISION), scale);
    }

    private static boolean isApproximate(Type type) {
        return type instanceof Type.Real || type instanceof Type.DoublePrecision;
    }

    private static boolean isExact(Type type) {
        return type instanceof Type.Int || type instanceof Type.Decimal;
    }

    private static int digits(Type type) {
        return switch (type) {
            case Type.Decimal(int precision, int _) -> precision;
            case Type.Int(int bits) -> bits == 64 ? 19 : bits == 32 ? 10 : bits == 16 ? 5 : 3;
            default -> throw new AssertionError(type);
        };
    }

    private static int scale(Type type) {
        return type instanceof Type.Decimal(int _, int scale) ? scale : 0;
    }
}
