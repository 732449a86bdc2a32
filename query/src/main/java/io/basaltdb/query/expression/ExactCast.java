package io.basaltdb.query.expression;

import io.basaltdb.query.function.ExactNumbers;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Between integers and DECIMAL: moved to the other scale, rounded half away from zero, checked against the range.
final class ExactCast extends CastLoop {
    private final int shift;
    private final int fromScale;
    private final int toScale;
    private final LongLanes longs = new LongLanes();
    private final WideLanes wide = new WideLanes();
    private long[] out = new long[0];
    private long[] outHigh = new long[0];

    ExactCast(Type from, Type to, boolean orNull) {
        super(from, to, orNull);
        this.fromScale = scale(from);
        this.toScale = scale(to);
        this.shift = toScale - fromScale;
    }

    private static int scale(Type type) {
        return type instanceof Type.Decimal(int _, int scale) ? scale : 0;
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        if (!isWide(vector) && Math.abs(shift) <= 18) {
            Vector narrow = narrow(vector, lanes);
            if (narrow != null) {
                return narrow;
            }
        }
        return single(vector, lanes, rows(lanes, selection));
    }

    private static boolean isWide(Vector vector) {
        return vector instanceof WideVector
                || (vector instanceof ConstantVector constant
                        && constant.value() instanceof Value.Wide)
                || (vector instanceof DictionaryVector coded
                        && coded.dictionary().values() instanceof WideVector);
    }

    private @Nullable Vector narrow(Vector vector, int lanes) {
        long[] values = longs.read(vector, lanes);
        int bits = Math.min(longs.magnitudeBits(), typeBits());
        if (shift > 0) {
            int more = 64 - Long.numberOfLeadingZeros(Arithmetic.powerOfTen(shift));
            if (bits + more > 63) {
                bits = Math.min(bits, Arithmetic.magnitudeBits(values, lanes));
            }
            bits += more;
            if (bits > 63) {
                return null;
            }
        }
        long[] result = values;
        if (shift != 0) {
            out = Scratch.longs(out, lanes);
            result = out;
        }
        if (shift > 0) {
            Arithmetic.multiplyConstant(values, Arithmetic.powerOfTen(shift), out, lanes);
        } else if (shift < 0) {
            Arithmetic.divideRounded(values, Arithmetic.powerOfTen(-shift), out, lanes);
        }
        long limit = limit();
        if (bits > 62 || (1L << bits) > limit) {
            long min = to instanceof Type.Int whole ? whole.min() : -limit;
            if (Arithmetic.outside(result, min, limit, lanes) != 0) {
                return null;
            }
        }
        return new LongVector(to, lanes, result, validity(), bits);
    }

    private int typeBits() {
        return from instanceof Type.Int(int width) ? width - 1 : 63;
    }

    /// Greatest value of the target that a `long` holds.
    private long limit() {
        return switch (to) {
            case Type.Int whole -> whole.max();
            case Type.Decimal(int precision, int _) ->
                    precision > 18 ? Long.MAX_VALUE : Arithmetic.powerOfTen(precision) - 1;
            case Type.Bool _, Type.Real _, Type.DoublePrecision _, Type.Date _ ->
                    throw new AssertionError(to.sql());
            case Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    throw new AssertionError(to.sql());
        };
    }

    private Vector single(Vector vector, int lanes, Selection rows) {
        wide.read(vector, lanes);
        boolean isWide = to.physical() == Physical.WIDE;
        out = Scratch.longs(out, lanes);
        outHigh = isWide ? Scratch.longs(outHigh, lanes) : outHigh;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            BigInteger result =
                    ExactNumbers.unscaled(new BigDecimal(wide.get(row), fromScale), toScale);
            if (!ExactNumbers.fits(result, to)) {
                fail(row, ErrorCode.NUMERIC_OUT_OF_RANGE, vector);
                continue;
            }
            out[row] = result.longValue();
            if (isWide) {
                outHigh[row] = result.shiftRight(64).longValue();
            }
        }
        return isWide
                ? new WideVector(to, lanes, outHigh, out, validity())
                : new LongVector(to, lanes, out, validity());
    }
}
