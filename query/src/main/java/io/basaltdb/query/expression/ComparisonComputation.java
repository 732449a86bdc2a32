package io.basaltdb.query.expression;

import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.ExactNumbers;
import io.basaltdb.query.function.LaneValidity;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.query.kernel.Comparison;
import io.basaltdb.query.kernel.Wide;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The comparison operators. Every one is "left less than right" or "left equals right", with sides exchanged or the answer turned.
final class ComparisonComputation extends Computation {
    /// How both sides are brought together.
    private enum Form {
        LONGS,
        DOUBLES,
        EXACT,
        BYTES,
        BITS
    }

    private final Operator operator;
    private final Computation left;
    private final Computation right;
    private final Form form;
    private final boolean isSwapped;
    private final boolean isEquality;
    private final boolean isTurned;
    private final int leftShift;
    private final int rightShift;
    private final LaneValidity validity = new LaneValidity();
    private final LongLanes leftLongs = new LongLanes();
    private final LongLanes rightLongs = new LongLanes();
    private final DoubleLanes leftDoubles = new DoubleLanes();
    private final DoubleLanes rightDoubles = new DoubleLanes();
    private final WideLanes leftWide = new WideLanes();
    private final WideLanes rightWide = new WideLanes();
    private final BytesLanes leftBytes = new BytesLanes();
    private final BytesLanes rightBytes = new BytesLanes();
    private final BitLanes leftBits = new BitLanes();
    private final BitLanes rightBits = new BitLanes();
    private long[] out = new long[0];
    private long[] leftMoved = new long[0];
    private long[] rightMoved = new long[0];
    private long[] leftMovedHigh = new long[0];
    private long[] rightMovedHigh = new long[0];

    ComparisonComputation(Operator operator, Computation left, Computation right) {
        super(Type.BOOLEAN);
        this.operator = operator;
        this.isSwapped = operator == Operator.GREATER || operator == Operator.LESS_OR_EQUAL;
        this.left = isSwapped ? right : left;
        this.right = isSwapped ? left : right;
        this.isEquality =
                switch (operator) {
                    case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> true;
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> false;
                };
        this.isTurned =
                switch (operator) {
                    case NOT_EQUAL, IS_DISTINCT_FROM, LESS_OR_EQUAL, GREATER_OR_EQUAL -> true;
                    case EQUAL, IS_NOT_DISTINCT_FROM, LESS, GREATER -> false;
                };
        this.form = form(left.type, right.type);
        int scale = Math.max(scale(left.type), scale(right.type));
        this.leftShift = scale - scale(this.left.type);
        this.rightShift = scale - scale(this.right.type);
    }

    private static int scale(Type type) {
        return type instanceof Type.Decimal(int _, int scale) ? scale : 0;
    }

    /// The type that both sides are cast to before they are compared; null where their values compare as they are.
    static @Nullable Type commonType(Type left, Type right) {
        if (left.equals(right) || (isNumber(left) && isNumber(right))) {
            return null;
        }
        if (left instanceof Type.Null || right instanceof Type.Null) {
            return left instanceof Type.Null ? right : left;
        }
        int rank = Math.max(timeRank(left), timeRank(right));
        if (timeRank(left) >= 0 && timeRank(right) >= 0) {
            int precision = Math.max(precision(left), precision(right));
            return rank == 2 ? new Type.TimestampTz(precision) : new Type.Timestamp(precision);
        }
        throw new BasaltException(
                ErrorCode.DATATYPE_MISMATCH,
                "cannot compare " + left.sql() + " with " + right.sql() + "; cast one of them");
    }

    private static int timeRank(Type type) {
        return type instanceof Type.Date
                ? 0
                : type instanceof Type.Timestamp ? 1 : type instanceof Type.TimestampTz ? 2 : -1;
    }

    private static int precision(Type type) {
        return type instanceof Type.Timestamp(int precision)
                ? precision
                : type instanceof Type.TimestampTz(int zoned) ? zoned : 0;
    }

    private static boolean isNumber(Type type) {
        return switch (type) {
            case Type.Int _, Type.Real _, Type.DoublePrecision _, Type.Decimal _ -> true;
            case Type.Bool _, Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> false;
            case Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ -> false;
        };
    }

    private static Form form(Type left, Type right) {
        if (left.physical() == Physical.DOUBLE || right.physical() == Physical.DOUBLE) {
            return Form.DOUBLES;
        }
        if (left instanceof Type.Decimal
                || right instanceof Type.Decimal
                || left.physical() == Physical.WIDE) {
            return Form.EXACT;
        }
        return switch (left.physical()) {
            case LONG -> Form.LONGS;
            case BITS -> Form.BITS;
            case BYTES -> Form.BYTES;
            case DOUBLE, WIDE -> throw new AssertionError();
        };
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        int size = batch.size();
        Vector a = left.compute(batch, live);
        Vector b = right.compute(batch, live);
        int words = Validity.words(size);
        out = Scratch.longs(out, words);
        long[] valid = validity.ofAll(List.of(a, b), size);
        if (!isNullConstant(a) && !isNullConstant(b)) {
            compare(a, b, size);
            if (isTurned) {
                Bits.not(out, out, words);
            }
        }
        return switch (operator) {
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> distinct(a, b, size, words);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    new BitVector(Type.BOOLEAN, size, out, valid);
        };
    }

    private static boolean isNullConstant(Vector vector) {
        return vector instanceof ConstantVector constant && constant.value().isNull();
    }

    /// Corrects the answer where one side or both are NULL.
    private Vector distinct(Vector a, Vector b, int size, int words) {
        long[] av = a.validity();
        long[] bv = b.validity();
        for (int i = 0; i < words; i++) {
            long va = av == null ? -1L : av[i];
            long vb = bv == null ? -1L : bv[i];
            long both = va & vb;
            long distinct = operator == Operator.IS_DISTINCT_FROM ? va ^ vb : ~(va ^ vb) & ~both;
            out[i] = (out[i] & both) | distinct;
        }
        return new BitVector(Type.BOOLEAN, size, out, null);
    }

    private void compare(Vector a, Vector b, int size) {
        switch (form) {
            case LONGS -> longs(a, b, size);
            case DOUBLES -> doubles(a, b, size);
            case EXACT -> exact(a, b, size);
            case BYTES -> bytes(a, b, size);
            case BITS -> bits(a, b, size);
        }
    }

    private void longs(Vector a, Vector b, int size) {
        if (b instanceof ConstantVector constant
                && constant.value() instanceof Value.Whole(long c)) {
            long[] x = leftLongs.read(a, size);
            if (isEquality) {
                Comparison.equal(x, c, out, size);
            } else {
                Comparison.less(x, c, out, size);
            }
        } else if (a instanceof ConstantVector constant
                && constant.value() instanceof Value.Whole(long c)) {
            long[] y = rightLongs.read(b, size);
            if (isEquality) {
                Comparison.equal(y, c, out, size);
            } else {
                Comparison.greater(y, c, out, size);
            }
        } else if (isEquality) {
            Comparison.equal(leftLongs.read(a, size), rightLongs.read(b, size), out, size);
        } else {
            Comparison.less(leftLongs.read(a, size), rightLongs.read(b, size), out, size);
        }
    }

    private void doubles(Vector a, Vector b, int size) {
        if (b instanceof ConstantVector constant) {
            double c = DoubleLanes.value(constant.value(), constant.type());
            if (isEquality) {
                Comparison.equal(leftDoubles.read(a, size), c, out, size);
            } else {
                Comparison.less(leftDoubles.read(a, size), c, out, size);
            }
        } else if (a instanceof ConstantVector constant) {
            double c = DoubleLanes.value(constant.value(), constant.type());
            if (isEquality) {
                Comparison.equal(rightDoubles.read(b, size), c, out, size);
            } else {
                Comparison.greater(rightDoubles.read(b, size), c, out, size);
            }
        } else if (isEquality) {
            Comparison.equal(leftDoubles.read(a, size), rightDoubles.read(b, size), out, size);
        } else {
            Comparison.less(leftDoubles.read(a, size), rightDoubles.read(b, size), out, size);
        }
    }

    private void exact(Vector a, Vector b, int size) {
        if (b instanceof ConstantVector constant && isNarrow(a)) {
            if (rightShift == 0 && leftShift == 0 && constant.value() instanceof Value.Whole) {
                longs(a, b, size);
            } else {
                // x < c is x < ⌈c⌉ at the column's scale; x = c is never true where c has more
                // digits.
                toColumnScale(a, constant, RoundingMode.CEILING, true, size);
            }
        } else if (a instanceof ConstantVector constant && isNarrow(b)) {
            if (rightShift == 0 && leftShift == 0 && constant.value() instanceof Value.Whole) {
                longs(a, b, size);
            } else {
                toColumnScale(b, constant, RoundingMode.FLOOR, false, size);
            }
        } else if (isNarrow(a) && isNarrow(b) && leftShift == 0 && rightShift == 0) {
            longs(a, b, size);
        } else {
            wide(a, b, size);
        }
    }

    private static boolean isNarrow(Vector vector) {
        return switch (vector) {
            case LongVector _ -> true;
            case ConstantVector _, WideVector _ -> false;
            case DictionaryVector coded -> coded.dictionary().values() instanceof LongVector;
            case DoubleVector _, BitVector _, BytesVector _ -> false;
        };
    }

    /// Compares a column with a constant of another scale by bringing the constant to the column's.
    private void toColumnScale(
            Vector column,
            ConstantVector constant,
            RoundingMode rounding,
            boolean isLeft,
            int size) {
        BigDecimal number =
                new BigDecimal(Value.unscaled(constant.value()), scale(constant.type()));
        BigDecimal moved = number.setScale(scale(column.type()), rounding);
        int words = Validity.words(size);
        boolean fits = moved.unscaledValue().bitLength() < 64;
        if (isEquality && (!fits || moved.compareTo(number) != 0)) {
            Bits.fill(out, 0, words);
        } else if (!fits) {
            boolean columnIsLess = number.signum() > 0;
            Bits.fill(out, columnIsLess == isLeft ? -1L : 0, words);
        } else {
            long bound = moved.unscaledValue().longValue();
            long[] x = leftLongs.read(column, size);
            if (isEquality) {
                Comparison.equal(x, bound, out, size);
            } else if (isLeft) {
                Comparison.less(x, bound, out, size);
            } else {
                Comparison.greater(x, bound, out, size);
            }
        }
    }

    private void wide(Vector a, Vector b, int size) {
        leftWide.read(a, size);
        rightWide.read(b, size);
        long[] ah = leftWide.high();
        long[] al = leftWide.low();
        long[] bh = rightWide.high();
        long[] bl = rightWide.low();
        long bad = 0;
        if (leftShift > 0) {
            leftMoved = Scratch.longs(leftMoved, size);
            leftMovedHigh = Scratch.longs(leftMovedHigh, size);
            bad |= shift(ah, al, leftShift, leftMovedHigh, leftMoved, size);
            ah = leftMovedHigh;
            al = leftMoved;
        }
        if (rightShift > 0) {
            rightMoved = Scratch.longs(rightMoved, size);
            rightMovedHigh = Scratch.longs(rightMovedHigh, size);
            bad |= shift(bh, bl, rightShift, rightMovedHigh, rightMoved, size);
            bh = rightMovedHigh;
            bl = rightMoved;
        }
        if (bad != 0) {
            single(size);
        } else if (isEquality) {
            Comparison.equal(ah, al, bh, bl, out, size);
        } else {
            Comparison.less(ah, al, bh, bl, out, size);
        }
    }

    private static long shift(
            long[] high, long[] low, int digits, long[] outHigh, long[] outLow, int size) {
        int first = Math.min(digits, 18);
        long bad =
                Wide.multiplyChecked(
                        high, low, Arithmetic.powerOfTen(first), outHigh, outLow, size);
        for (int done = first; done < digits; done += 18) {
            int step = Math.min(18, digits - done);
            bad |=
                    Wide.multiplyChecked(
                            outHigh, outLow, Arithmetic.powerOfTen(step), outHigh, outLow, size);
        }
        return bad;
    }

    /// Numbers of any size, lane by lane.
    private void single(int size) {
        Bits.fill(out, 0, Validity.words(size));
        for (int i = 0; i < size; i++) {
            int order =
                    leftWide.get(i)
                            .multiply(ExactNumbers.powerOfTen(leftShift))
                            .compareTo(
                                    rightWide.get(i).multiply(ExactNumbers.powerOfTen(rightShift)));
            if (isEquality ? order == 0 : order < 0) {
                out[i >> 6] |= 1L << i;
            }
        }
    }

    private void bytes(Vector a, Vector b, int size) {
        if (b instanceof ConstantVector constant
                && constant.value() instanceof Value.Bytes(byte[] c)) {
            leftBytes.read(a, size);
            if (isEquality) {
                Comparison.equal(
                        leftBytes.heap(), leftBytes.start(), leftBytes.length(), c, out, size);
            } else {
                Comparison.less(
                        leftBytes.heap(), leftBytes.start(), leftBytes.length(), c, out, size);
            }
            return;
        }
        if (a instanceof ConstantVector constant
                && constant.value() instanceof Value.Bytes(byte[] c)) {
            rightBytes.read(b, size);
            if (isEquality) {
                Comparison.equal(
                        rightBytes.heap(), rightBytes.start(), rightBytes.length(), c, out, size);
            } else {
                Comparison.greater(
                        rightBytes.heap(), rightBytes.start(), rightBytes.length(), c, out, size);
            }
            return;
        }
        leftBytes.read(a, size);
        rightBytes.read(b, size);
        if (isEquality) {
            Comparison.equal(
                    leftBytes.heap(),
                    leftBytes.start(),
                    leftBytes.length(),
                    rightBytes.heap(),
                    rightBytes.start(),
                    rightBytes.length(),
                    out,
                    size);
        } else {
            Comparison.less(
                    leftBytes.heap(),
                    leftBytes.start(),
                    leftBytes.length(),
                    rightBytes.heap(),
                    rightBytes.start(),
                    rightBytes.length(),
                    out,
                    size);
        }
    }

    private void bits(Vector a, Vector b, int size) {
        int words = Validity.words(size);
        long[] x = leftBits.read(a, size);
        long[] y = rightBits.read(b, size);
        if (isEquality) {
            Bits.xor(x, y, out, words);
            Bits.not(out, out, words);
        } else {
            Bits.andNot(y, x, out, words);
        }
    }
}
