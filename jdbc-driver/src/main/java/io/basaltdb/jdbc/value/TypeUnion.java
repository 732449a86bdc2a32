package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireType;
import org.jspecify.annotations.Nullable;

/// The type of a column that holds values of two types without loss.
final class TypeUnion {
    private TypeUnion() {}

    /// Null if there is none.
    static @Nullable WireType of(WireType left, WireType right) {
        if (left.equals(right) || right.kind() == WireType.Kind.NULL) {
            return left;
        }
        if (left.kind() == WireType.Kind.NULL) {
            return right;
        }
        if (isWhole(left) && isWhole(right)) {
            return left.kind().valueBytes() > right.kind().valueBytes() ? left : right;
        }
        if (isFloating(left) && isFloating(right)) {
            return WireType.FLOAT64;
        }
        if (isExact(left) && isExact(right)) {
            return decimal(left, right);
        }
        return timestamps(left, right);
    }

    private static boolean isWhole(WireType type) {
        switch (type.kind()) {
            case INT8:
            case INT16:
            case INT32:
            case INT64:
                return true;
            default:
                return false;
        }
    }

    private static boolean isFloating(WireType type) {
        return type.kind() == WireType.Kind.FLOAT32 || type.kind() == WireType.Kind.FLOAT64;
    }

    private static boolean isExact(WireType type) {
        return isWhole(type) || type.kind() == WireType.Kind.DECIMAL128;
    }

    private static @Nullable WireType decimal(WireType left, WireType right) {
        int scale = Math.max(left.scale(), right.scale());
        int precision = Math.max(wholeDigits(left), wholeDigits(right)) + scale;
        return precision > WireType.DECIMAL_DIGITS ? null : WireType.decimal(precision, scale);
    }

    private static int wholeDigits(WireType type) {
        switch (type.kind()) {
            case INT8:
                return 3;
            case INT16:
                return 5;
            case INT32:
                return 10;
            case INT64:
                return 19;
            default:
                return type.precision() - type.scale();
        }
    }

    private static @Nullable WireType timestamps(WireType left, WireType right) {
        boolean areSame =
                left.kind() == WireType.Kind.TIMESTAMP
                        && right.kind() == WireType.Kind.TIMESTAMP
                        && (left.zone() == null) == (right.zone() == null);
        return areSame ? WireType.timestamp(WireType.Unit.NANO, left.zone()) : null;
    }
}
