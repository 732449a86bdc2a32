package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// NOT: true and false exchanged, NULL stays.
final class NotComputation extends Computation {
    private final Computation operand;
    private final BitLanes lanes = new BitLanes();
    private long[] out = new long[0];

    NotComputation(Computation operand) {
        super(Type.BOOLEAN);
        this.operand = operand;
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        Vector vector = operand.compute(batch, live);
        int words = Validity.words(batch.size());
        out = Scratch.longs(out, words);
        Bits.not(lanes.read(vector, batch.size()), out, words);
        return new BitVector(Type.BOOLEAN, batch.size(), out, vector.validity());
    }
}
