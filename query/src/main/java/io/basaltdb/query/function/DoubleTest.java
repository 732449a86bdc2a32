package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/// A yes-or-no question about a number.
final class DoubleTest extends StrictLoop {
    private final DoublePredicate test;
    private final DoubleLanes lanes = new DoubleLanes();
    private long[] out = new long[0];

    DoubleTest(DoublePredicate test) {
        super(Type.BOOLEAN);
        this.test = test;
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        double[] values = lanes.read(arguments.getFirst(), size);
        out = Scratch.longs(out, Validity.words(size));
        Bits.fill(out, 0, Validity.words(size));
        for (int i = 0; i < size; i++) {
            out[i >> 6] |= (test.test(values[i]) ? 1L : 0L) << i;
        }
        return new BitVector(type, size, out, valid);
    }
}
