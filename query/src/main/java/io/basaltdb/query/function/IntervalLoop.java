package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function that gives INTERVAL, row by row.
abstract class IntervalLoop extends StrictLoop {
    private static final double LONG_LIMIT = 0x1p63;

    private long[] high = new long[0];
    private long[] low = new long[0];

    IntervalLoop() {
        super(Type.INTERVAL);
    }

    /// Makes the arguments ready.
    abstract void read(List<Vector> arguments, int size);

    /// Computes one row and says so by [#put].
    abstract void row(int row);

    @Override
    final Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        read(arguments, size);
        high = Scratch.longs(high, size);
        low = Scratch.longs(low, size);
        Selection live = live(size, selection, valid);
        try {
            for (int i = 0; i < live.count(); i++) {
                row(live.rows()[i]);
            }
        } catch (ArithmeticException e) {
            throw new BasaltException(ErrorCode.DATETIME_OVERFLOW, "interval out of range", e);
        }
        return new WideVector(type, size, high, low, valid);
    }

    /// The row's value.
    final void put(int row, long months, long days, long micros) {
        if (!IntervalBits.fits(months, days)) {
            throw outOfRange(months, days);
        }
        high[row] = IntervalBits.high(months, days, micros);
        low[row] = IntervalBits.low(months, days, micros);
    }

    static BasaltException outOfRange(long months, long days) {
        return new BasaltException(
                ErrorCode.DATETIME_OVERFLOW,
                "interval out of range: "
                        + months
                        + " months and "
                        + days
                        + " days, where at most "
                        + IntervalBits.MAX_MONTHS
                        + " months and "
                        + IntervalBits.MAX_DAYS
                        + " days are kept");
    }

    /// A number without its fraction.
    static long whole(double number) {
        if (!(number > -LONG_LIMIT && number < LONG_LIMIT)) {
            throw new BasaltException(
                    ErrorCode.DATETIME_OVERFLOW, "interval out of range: a part of " + number);
        }
        return (long) number;
    }
}
