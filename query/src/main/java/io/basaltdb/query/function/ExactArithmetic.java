package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.query.kernel.Wide;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arithmetic on integers and DECIMAL, exact, into the type that the plan names.
///
/// Three ways, chosen per batch. **Narrow**: both sides and the result fit one `long` by their bounds, and the loop is plain; where the bounds are not known
/// they are measured (one cheap pass), and where even that proves nothing the loop is checked. **Wide**: sums, differences and products run over 128-bit
/// pairs. **Single**: lane by lane with numbers of any size, only over rows that count; it alone raises errors, so a lane that is null or not selected never
/// does.
final class ExactArithmetic extends StrictLoop {
    /// What is computed.
    enum Operation {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("%");

        private final String sign;

        Operation(String sign) {
            this.sign = sign;
        }
    }

    private final Operation operation;
    private final Type leftType;
    private final Type rightType;

    /// Digits that each side is moved by before the operation; a negative number means that the result is cut instead and only the single way is right.
    private final int leftShift;

    private final int rightShift;
    private final boolean isRounded;
    private final boolean isMeasured;
    private final LongLanes leftLongs = new LongLanes();
    private final LongLanes rightLongs = new LongLanes();
    private final WideLanes leftWide = new WideLanes();
    private final WideLanes rightWide = new WideLanes();
    private long[] leftMoved = new long[0];
    private long[] rightMoved = new long[0];
    private long[] leftMovedHigh = new long[0];
    private long[] rightMovedHigh = new long[0];
    private long[] out = new long[0];
    private long[] outHigh = new long[0];

    ExactArithmetic(Operation operation, Type left, Type right, Type result) {
        super(result);
        this.operation = operation;
        this.leftType = left;
        this.rightType = right;
        int a = Numbers.scale(left);
        int b = Numbers.scale(right);
        int r = Numbers.scale(result);
        this.isRounded = operation == Operation.DIVIDE && !(result instanceof Type.Int);
        // A checked sum costs as little as measuring; a checked product four times as much as a
        // plain one.
        this.isMeasured = operation == Operation.MULTIPLY || isRounded;
        switch (operation) {
            case ADD, SUBTRACT -> {
                leftShift = r - a;
                rightShift = r - b;
            }
            case REMAINDER -> {
                leftShift = Math.max(a, b) - a;
                rightShift = r == Math.max(a, b) ? Math.max(a, b) - b : -1;
            }
            case MULTIPLY -> {
                leftShift = r - a - b;
                rightShift = 0;
            }
            case DIVIDE -> {
                leftShift = r - a + b;
                rightShift = 0;
            }
            default -> throw new AssertionError();
        }
    }

    static ScalarLoop bind(Operation operation, CallSite site) {
        return new ExactArithmetic(operation, site.argument(0), site.argument(1), site.result());
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Vector left = arguments.get(0);
        Vector right = arguments.get(1);
        boolean shiftsUp = leftShift >= 0 && rightShift >= 0;
        if (shiftsUp && !WideLanes.isWide(left) && !WideLanes.isWide(right)) {
            Vector narrow = narrow(left, right, size, valid);
            if (narrow != null) {
                return narrow;
            }
        }
        if (shiftsUp && type.physical() == Physical.WIDE) {
            Vector wide = wide(left, right, size, valid);
            if (wide != null) {
                return wide;
            }
        }
        return single(left, right, size, live(size, selection, valid), valid);
    }

    // Narrow

    private @Nullable Vector narrow(Vector left, Vector right, int size, long @Nullable [] valid) {
        long[] a = leftLongs.read(left, size);
        long[] b = rightLongs.read(right, size);
        int leftBits = Math.min(leftLongs.magnitudeBits(), Numbers.magnitudeBits(leftType));
        int rightBits = Math.min(rightLongs.magnitudeBits(), Numbers.magnitudeBits(rightType));
        if (resultBits(leftBits, rightBits) > 63 && (isMeasured || leftShift + rightShift > 0)) {
            leftBits = Math.min(leftBits, Arithmetic.magnitudeBits(a, size));
            rightBits = Math.min(rightBits, Arithmetic.magnitudeBits(b, size));
        }
        if (leftBits + shiftBits(leftShift) > 63 || rightBits + shiftBits(rightShift) > 63) {
            return null;
        }
        out = Scratch.longs(out, size);
        int bits = resultBits(leftBits, rightBits);
        long bad = bits <= 63 ? plain(left, right, a, b, size) : checked(a, b, size);
        if (bad != 0) {
            return null;
        }
        bits = Math.min(bits, 63);
        if (bits > roomBits() && isOutside(size)) {
            return null;
        }
        return new LongVector(
                type, size, out, valid, Math.min(bits, Math.min(63, Numbers.magnitudeBits(type))));
    }

    /// Bits of a factor 10^digits, rounded up.
    private static int shiftBits(int digits) {
        return digits == 0
                ? 0
                : digits > 18 ? 100 : 64 - Long.numberOfLeadingZeros(Arithmetic.powerOfTen(digits));
    }

    private int resultBits(int leftBits, int rightBits) {
        int a = leftBits + shiftBits(leftShift);
        int b = rightBits + shiftBits(rightShift);
        return switch (operation) {
            case ADD, SUBTRACT -> Math.max(a, b) + 1;
            case MULTIPLY -> a + b + 1;
            // The quotient can be one more than the dividend by its sign or by rounding, and half a
            // divisor must not overflow.
            case DIVIDE -> (isRounded ? Math.max(a, b) : a) + 1;
            case REMAINDER -> Math.max(a, b);
        };
    }

    /// Loops that the bounds have proved; only a divisor can still be bad.
    private long plain(Vector left, Vector right, long[] left0, long[] right0, int size) {
        boolean constantRight = right instanceof ConstantVector && rightShift == 0;
        boolean constantLeft = left instanceof ConstantVector && leftShift == 0;
        long[] a = moved(left0, leftShift, size, true);
        long[] b = moved(right0, rightShift, size, false);
        return switch (operation) {
            case ADD -> {
                if (constantRight) {
                    Arithmetic.addConstant(a, b[0], out, size);
                } else if (constantLeft) {
                    Arithmetic.addConstant(b, a[0], out, size);
                } else {
                    Arithmetic.add(a, b, out, size);
                }
                yield 0;
            }
            case SUBTRACT -> {
                if (constantRight) {
                    Arithmetic.addConstant(a, -b[0], out, size);
                } else if (constantLeft) {
                    Arithmetic.subtractFromConstant(a[0], b, out, size);
                } else {
                    Arithmetic.subtract(a, b, out, size);
                }
                yield 0;
            }
            case MULTIPLY -> {
                if (constantRight) {
                    Arithmetic.multiplyConstant(a, b[0], out, size);
                } else {
                    Arithmetic.multiply(a, b, out, size);
                }
                yield 0;
            }
            case DIVIDE -> divide(a, b, size);
            case REMAINDER -> Arithmetic.remainderChecked(a, b, out, size);
        };
    }

    private long checked(long[] left0, long[] right0, int size) {
        long[] a = moved(left0, leftShift, size, true);
        long[] b = moved(right0, rightShift, size, false);
        return switch (operation) {
            case ADD -> Arithmetic.addChecked(a, b, out, size);
            case SUBTRACT -> Arithmetic.subtractChecked(a, b, out, size);
            case MULTIPLY -> Arithmetic.multiplyChecked(a, b, out, size);
            case DIVIDE -> isRounded ? 1 : Arithmetic.divideChecked(a, b, out, size);
            case REMAINDER -> Arithmetic.remainderChecked(a, b, out, size);
        };
    }

    private long divide(long[] a, long[] b, int size) {
        return isRounded
                ? Arithmetic.divideRounded(a, b, out, size)
                : Arithmetic.divideChecked(a, b, out, size);
    }

    private long[] moved(long[] values, int digits, int size, boolean isLeft) {
        if (digits == 0) {
            return values;
        }
        long[] target = Scratch.longs(isLeft ? leftMoved : rightMoved, size);
        if (isLeft) {
            leftMoved = target;
        } else {
            rightMoved = target;
        }
        Arithmetic.multiplyConstant(values, Arithmetic.powerOfTen(digits), target, size);
        return target;
    }

    /// Bits that surely fit the result type.
    private int roomBits() {
        return type instanceof Type.Int(int bits) ? bits - 1 : Numbers.magnitudeBits(type) - 1;
    }

    private boolean isOutside(int size) {
        if (type instanceof Type.Int whole) {
            return whole.bits() < 64
                    && Arithmetic.outside(out, whole.min(), whole.max(), size) != 0;
        }
        int precision = ((Type.Decimal) type).precision();
        if (precision > 18) {
            return false;
        }
        long limit = Arithmetic.powerOfTen(precision) - 1;
        return Arithmetic.outside(out, -limit, limit, size) != 0;
    }

    // Wide

    private @Nullable Vector wide(Vector left, Vector right, int size, long @Nullable [] valid) {
        if (operation == Operation.DIVIDE || operation == Operation.REMAINDER) {
            return null;
        }
        out = Scratch.longs(out, size);
        outHigh = Scratch.longs(outHigh, size);
        long bad;
        if (operation == Operation.MULTIPLY) {
            bad = multiplyWide(left, right, size);
        } else {
            bad = addWide(left, right, size);
        }
        int precision = ((Type.Decimal) type).precision();
        BigInteger limit = BigInteger.TEN.pow(precision);
        if (bad != 0
                || Wide.outside(
                                outHigh,
                                out,
                                limit.shiftRight(64).longValue(),
                                limit.longValue(),
                                size)
                        != 0) {
            return null;
        }
        return new WideVector(type, size, outHigh, out, valid);
    }

    private long multiplyWide(Vector left, Vector right, int size) {
        if (WideLanes.isWide(left) || WideLanes.isWide(right) || leftShift > 18) {
            return 1;
        }
        long[] a = leftLongs.read(left, size);
        long[] b = rightLongs.read(right, size);
        Wide.multiplyLongs(a, b, outHigh, out, size);
        return leftShift == 0
                ? 0
                : Wide.multiplyChecked(
                        outHigh, out, Arithmetic.powerOfTen(leftShift), outHigh, out, size);
    }

    private long addWide(Vector left, Vector right, int size) {
        if (leftShift > 18 || rightShift > 18) {
            return 1;
        }
        leftWide.read(left, size);
        rightWide.read(right, size);
        long[] ah = leftWide.high();
        long[] al = leftWide.low();
        long[] bh = rightWide.high();
        long[] bl = rightWide.low();
        long bad = 0;
        if (leftShift > 0) {
            leftMoved = Scratch.longs(leftMoved, size);
            leftMovedHigh = Scratch.longs(leftMovedHigh, size);
            long factor = Arithmetic.powerOfTen(leftShift);
            bad |= Wide.multiplyChecked(ah, al, factor, leftMovedHigh, leftMoved, size);
            ah = leftMovedHigh;
            al = leftMoved;
        }
        if (rightShift > 0) {
            rightMoved = Scratch.longs(rightMoved, size);
            rightMovedHigh = Scratch.longs(rightMovedHigh, size);
            long factor = Arithmetic.powerOfTen(rightShift);
            bad |= Wide.multiplyChecked(bh, bl, factor, rightMovedHigh, rightMoved, size);
            bh = rightMovedHigh;
            bl = rightMoved;
        }
        return bad
                | (operation == Operation.ADD
                        ? Wide.addChecked(ah, al, bh, bl, outHigh, out, size)
                        : Wide.subtractChecked(ah, al, bh, bl, outHigh, out, size));
    }

    // Single

    private Vector single(
            Vector left, Vector right, int size, Selection live, long @Nullable [] valid) {
        leftWide.read(left, size);
        rightWide.read(right, size);
        boolean isWide = type.physical() == Physical.WIDE;
        out = Scratch.longs(out, size);
        outHigh = isWide ? Scratch.longs(outHigh, size) : outHigh;
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            BigInteger result = single(leftWide.get(row), rightWide.get(row));
            out[row] = result.longValue();
            if (isWide) {
                outHigh[row] = result.shiftRight(64).longValue();
            }
        }
        return isWide
                ? new WideVector(type, size, outHigh, out, valid)
                : new LongVector(type, size, out, valid, Math.min(63, Numbers.magnitudeBits(type)));
    }

    private BigInteger single(BigInteger left, BigInteger right) {
        BigDecimal a = new BigDecimal(left, Numbers.scale(leftType));
        BigDecimal b = new BigDecimal(right, Numbers.scale(rightType));
        if ((operation == Operation.DIVIDE || operation == Operation.REMAINDER)
                && b.signum() == 0) {
            throw new BasaltException(
                    ErrorCode.DIVISION_BY_ZERO,
                    "division by zero: " + a.toPlainString() + " " + operation.sign + " 0");
        }
        BigInteger result = ExactNumbers.unscaled(exact(a, b), Numbers.scale(type));
        if (!ExactNumbers.fits(result, type)) {
            throw new BasaltException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    type.sql()
                            + " out of range: "
                            + a.toPlainString()
                            + " "
                            + operation.sign
                            + " "
                            + b.toPlainString());
        }
        return result;
    }

    private BigDecimal exact(BigDecimal a, BigDecimal b) {
        return switch (operation) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE ->
                    a.divide(
                            b,
                            Numbers.scale(type),
                            isRounded ? RoundingMode.HALF_UP : RoundingMode.DOWN);
            case REMAINDER -> a.remainder(b);
        };
    }
}
