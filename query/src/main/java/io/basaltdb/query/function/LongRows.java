package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function from up to three `long` values to one, row by row over the rows that count: for what is rare, or costs far more than the call.
final class LongRows extends StrictLoop {
    /// Of one value.
    interface Unary {
        long apply(long a);
    }

    /// Of two values.
    interface Binary {
        long apply(long a, long b);
    }

    /// Of three values.
    interface Ternary {
        long apply(long a, long b, long c);
    }

    private final Ternary row;
    private final String what;
    private final ErrorCode overflow;
    private final LongLanes first = new LongLanes();
    private final LongLanes second = new LongLanes();
    private final LongLanes third = new LongLanes();
    private long[] out = new long[0];

    /// @param what what an `ArithmeticException` of the function means, for the message
    private LongRows(Type result, ErrorCode overflow, String what, Ternary row) {
        super(result);
        this.overflow = overflow;
        this.what = what;
        this.row = row;
    }

    static LongRows unary(Type result, ErrorCode overflow, String what, Unary row) {
        return new LongRows(result, overflow, what, (a, b, c) -> row.apply(a));
    }

    static LongRows binary(Type result, ErrorCode overflow, String what, Binary row) {
        return new LongRows(result, overflow, what, (a, b, c) -> row.apply(a, b));
    }

    static LongRows ternary(Type result, ErrorCode overflow, String what, Ternary row) {
        return new LongRows(result, overflow, what, row);
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        long[] a = first.read(arguments.get(0), size);
        long[] b = arguments.size() > 1 ? second.read(arguments.get(1), size) : a;
        long[] c = arguments.size() > 2 ? third.read(arguments.get(2), size) : b;
        out = Scratch.longs(out, size);
        Selection live = live(size, selection, valid);
        try {
            for (int i = 0; i < live.count(); i++) {
                int at = live.rows()[i];
                out[at] = row.apply(a[at], b[at], c[at]);
            }
        } catch (ArithmeticException e) {
            throw new BasaltException(overflow, what, e);
        }
        return new LongVector(type, size, out, valid);
    }
}
