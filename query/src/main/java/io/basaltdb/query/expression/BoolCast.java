package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.query.kernel.Comparison;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// BOOLEAN to numbers, where true is 1, and integers to BOOLEAN, where all but 0 is true.
final class BoolCast extends CastLoop {
    private final BitLanes bits = new BitLanes();
    private final LongLanes longs = new LongLanes();
    private long[] out = new long[0];
    private double[] outDoubles = new double[0];

    BoolCast(Type from, Type to, boolean orNull) {
        super(from, to, orNull);
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        if (to instanceof Type.Bool) {
            int words = Validity.words(lanes);
            out = Scratch.longs(out, words);
            Comparison.equal(longs.read(vector, lanes), 0, out, lanes);
            Bits.not(out, out, words);
            return new BitVector(to, lanes, out, validity());
        }
        long[] words = bits.read(vector, lanes);
        if (to.physical() == Physical.DOUBLE) {
            outDoubles = Scratch.doubles(outDoubles, lanes);
            for (int i = 0; i < lanes; i++) {
                outDoubles[i] = words[i >> 6] >>> i & 1;
            }
            return new DoubleVector(to, lanes, outDoubles, validity());
        }
        boolean isFraction =
                to instanceof Type.Decimal(int precision, int scale) && precision == scale;
        if (isFraction) {
            refuseTrue(words, vector, rows(lanes, selection));
        }
        long one =
                to instanceof Type.Decimal(int _, int scale) && scale <= 18
                        ? Arithmetic.powerOfTen(scale)
                        : 1;
        out = Scratch.longs(out, lanes);
        for (int i = 0; i < lanes; i++) {
            out[i] = (words[i >> 6] >>> i & 1) * one;
        }
        return new LongVector(to, lanes, out, validity());
    }

    /// A DECIMAL without digits before the point cannot hold 1.
    private void refuseTrue(long[] words, Vector vector, Selection rows) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if ((words[row >> 6] >>> row & 1) != 0) {
                fail(row, ErrorCode.NUMERIC_OUT_OF_RANGE, vector);
            }
        }
    }
}
