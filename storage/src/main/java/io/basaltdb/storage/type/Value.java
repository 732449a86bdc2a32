package io.basaltdb.storage.type;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One value in its physical form; its SQL type stands beside it. Never used per row of a scan: for literals, bounds, defaults.
public sealed interface Value {
    Null NULL = new Null();

    boolean isNull();

    /// SQL NULL of any type.
    record Null() implements Value {
        @Override
        public boolean isNull() {
            return true;
        }
    }

    /// BOOLEAN.
    record Bool(boolean value) implements Value {
        @Override
        public boolean isNull() {
            return false;
        }
    }

    /// Whatever is one `long`: see [Physical#LONG]; also a wide DECIMAL whose unscaled value fits.
    record Whole(long value) implements Value {
        @Override
        public boolean isNull() {
            return false;
        }
    }

    /// A wide DECIMAL's unscaled 128-bit value that does not fit one `long`.
    record Wide(long high, long low) implements Value {
        @Override
        public boolean isNull() {
            return false;
        }
    }

    /// REAL or DOUBLE.
    record Floating(double value) implements Value {
        @Override
        public boolean isNull() {
            return false;
        }
    }

    /// TEXT as UTF-8 bytes; not to be written to.
    record Bytes(byte[] value) implements Value {
        @Override
        public boolean isNull() {
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes(byte[] bytes) && Arrays.equals(value, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + new String(value, StandardCharsets.UTF_8) + "]";
        }
    }

    static Value of(long value) {
        return new Whole(value);
    }

    static Value of(double value) {
        return new Floating(value);
    }

    static Value of(boolean value) {
        return new Bool(value);
    }

    static Value of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A 128-bit number in its shortest form: [Whole] where it fits.
    static Value of(long high, long low) {
        return high == low >> 63 ? new Whole(low) : new Wide(high, low);
    }

    /// @throws ArithmeticException where the number needs more than 128 bits
    static Value of(BigInteger value) {
        if (value.bitLength() > 127) {
            throw new ArithmeticException("more than 128 bits");
        }
        return of(value.shiftRight(64).longValue(), value.longValue());
    }

    /// The unscaled number of a [Whole] or [Wide].
    static BigInteger unscaled(Value number) {
        return switch (number) {
            case Whole(long value) -> BigInteger.valueOf(value);
            case Wide(long high, long low) ->
                    BigInteger.valueOf(high)
                            .shiftLeft(64)
                            .or(
                                    BigInteger.valueOf(low)
                                            .and(
                                                    BigInteger.ONE
                                                            .shiftLeft(64)
                                                            .subtract(BigInteger.ONE)));
            case Null _, Bool _, Floating _, Bytes _ ->
                    throw new AssertionError("not a number: " + number);
        };
    }

    /// Orders two values of one type as the package says; NULL is greatest.
    static int compare(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Boolean.compare(left.isNull(), right.isNull());
        }
        return switch (left) {
            case Bool(boolean a) -> Boolean.compare(a, ((Bool) right).value());
            case Whole(long a) ->
                    right instanceof Whole(long b)
                            ? Long.compare(a, b)
                            : unscaled(left).compareTo(unscaled(right));
            case Wide _ -> unscaled(left).compareTo(unscaled(right));
            case Floating(double a) -> compareDoubles(a, ((Floating) right).value());
            case Bytes(byte[] a) -> Arrays.compareUnsigned(a, ((Bytes) right).value());
            case Null _ -> throw new AssertionError();
        };
    }

    /// Orders doubles with −0.0 equal to 0.0 and NaN greatest.
    static int compareDoubles(double left, double right) {
        return Double.compare(left + 0.0, right + 0.0);
    }
}
