package io.basaltdb.query.expression;

import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// COALESCE: each operand sees the rows where all earlier ones are NULL.
final class CoalesceComputation extends Computation {
    private final List<Computation> operands;
    private final LaneAssembler assembler;
    private final int[][] present;
    private final int[][] missing;
    private long[] nulls = new long[0];

    CoalesceComputation(Type type, List<Computation> operands) {
        super(type);
        this.operands = operands;
        this.assembler = new LaneAssembler(type);
        this.present = new int[operands.size()][0];
        this.missing = new int[operands.size()][0];
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        int size = batch.size();
        int words = Validity.words(size);
        Selection rest = live;
        boolean isBegun = false;
        for (int i = 0; i < operands.size(); i++) {
            Vector vector = operands.get(i).compute(batch, rest);
            boolean isLast = i == operands.size() - 1;
            long[] validity = vector.validity();
            if (!isBegun && (validity == null || isLast)) {
                return vector;
            }
            if (!isBegun) {
                assembler.begin(size);
                isBegun = true;
            }
            if (validity == null || isLast) {
                assembler.put(vector, allOf(rest, size, i));
                break;
            }
            nulls = Scratch.longs(nulls, words);
            present[i] = Scratch.ints(present[i], size);
            missing[i] = Scratch.ints(missing[i], size);
            Selection found = select(validity, rest, size, present[i]);
            Bits.not(validity, nulls, words);
            rest = select(nulls, rest, size, missing[i]);
            assembler.put(vector, found);
            if (rest.count() == 0) {
                break;
            }
        }
        return assembler.finish();
    }

    private Selection allOf(@Nullable Selection rest, int size, int operand) {
        if (rest != null) {
            return rest;
        }
        present[operand] = Scratch.ints(present[operand], size);
        for (int i = 0; i < size; i++) {
            present[operand][i] = i;
        }
        return new Selection(present[operand], size);
    }

    private static Selection select(long[] bits, @Nullable Selection rest, int size, int[] out) {
        int count =
                rest == null
                        ? Bits.toRows(bits, out, size)
                        : Bits.filterRows(bits, rest.rows(), rest.count(), out);
        return new Selection(out, count);
    }
}
