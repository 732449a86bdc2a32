package io.basaltdb.query.expression;

import io.basaltdb.query.expression.Expression.Is.Test;
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

/// IS NULL, IS TRUE and their kin.
final class IsComputation extends Computation {
    private final Test test;
    private final Computation operand;
    private final BitLanes lanes = new BitLanes();
    private long[] out = new long[0];

    IsComputation(Test test, Computation operand) {
        super(Type.BOOLEAN);
        this.test = test;
        this.operand = operand;
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        Vector vector = operand.compute(batch, live);
        int size = batch.size();
        int words = Validity.words(size);
        out = Scratch.longs(out, words);
        long[] validity = vector.validity();
        switch (test) {
            case NULL, NOT_NULL -> {
                if (validity == null) {
                    Bits.fill(out, -1L, words);
                } else {
                    Bits.copy(validity, out, words);
                }
            }
            case TRUE, NOT_TRUE -> {
                Bits.copy(lanes.read(vector, size), out, words);
                if (validity != null) {
                    Bits.and(out, validity, out, words);
                }
            }
            case FALSE, NOT_FALSE -> {
                Bits.not(lanes.read(vector, size), out, words);
                if (validity != null) {
                    Bits.and(out, validity, out, words);
                }
            }
        }
        if (test == Test.NULL || test == Test.NOT_TRUE || test == Test.NOT_FALSE) {
            Bits.not(out, out, words);
        }
        return new BitVector(Type.BOOLEAN, size, out, null);
    }
}
