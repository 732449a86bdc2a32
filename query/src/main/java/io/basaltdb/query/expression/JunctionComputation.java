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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// AND and OR. Operands that cannot fail come first; each that can sees only the rows that the ones before it have not decided.
///
/// OR is AND with true and false exchanged: "decided" is false for AND, true for OR.
final class JunctionComputation extends Computation {
    private final boolean isAnd;
    private final List<Computation> sure;
    private final List<Computation> fallible;
    private final BitLanes lanes = new BitLanes();

    /// Rows where some operand decided.
    private long[] decided = new long[0];

    /// Rows where every operand so far is known and did not decide.
    private long[] open = new long[0];

    private long[] scratch = new long[0];

    /// Rows that each fallible operand sees.
    private final int[][] rows;

    JunctionComputation(boolean isAnd, List<Computation> sure, List<Computation> fallible) {
        super(Type.BOOLEAN);
        this.isAnd = isAnd;
        this.sure = sure;
        this.fallible = fallible;
        this.rows = new int[fallible.size()][0];
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        int size = batch.size();
        int words = Validity.words(size);
        decided = Scratch.longs(decided, words);
        open = Scratch.longs(open, words);
        scratch = Scratch.longs(scratch, words);
        Bits.fill(decided, 0, words);
        Bits.fill(open, -1L, words);
        boolean nulls = false;
        for (int i = 0; i < sure.size(); i++) {
            nulls |= take(sure.get(i).compute(batch, live), size, words);
        }
        for (int i = 0; i < fallible.size(); i++) {
            Selection rest = undecided(i, live, size, words);
            if (rest.count() == 0) {
                break;
            }
            nulls |= takeAt(fallible.get(i).compute(batch, rest), rest, size, words);
        }
        return result(size, words, nulls);
    }

    private Selection undecided(int operand, @Nullable Selection live, int size, int words) {
        Bits.not(decided, scratch, words);
        rows[operand] = Scratch.ints(rows[operand], size);
        int[] own = rows[operand];
        int count =
                live == null
                        ? Bits.toRows(scratch, own, size)
                        : Bits.filterRows(scratch, live.rows(), live.count(), own);
        return new Selection(own, count);
    }

    /// Adds what an operand says, and returns whether it may be NULL somewhere.
    private boolean take(Vector vector, int size, int words) {
        long[] bits = lanes.read(vector, size);
        long[] validity = vector.validity();
        if (validity == null) {
            takeKnown(bits, words);
            return false;
        }
        for (int i = 0; i < words; i++) {
            long value = isAnd ? bits[i] : ~bits[i];
            decided[i] |= validity[i] & ~value;
            open[i] &= validity[i] & value;
        }
        return true;
    }

    private void takeKnown(long[] bits, int words) {
        for (int i = 0; i < words; i++) {
            long value = isAnd ? bits[i] : ~bits[i];
            decided[i] |= ~value;
            open[i] &= value;
        }
    }

    /// As [#take], but only rows of the selection count: the others hold anything.
    private boolean takeAt(Vector vector, Selection rest, int size, int words) {
        long[] bits = lanes.read(vector, size);
        long[] validity = vector.validity();
        Bits.fromRows(rest.rows(), rest.count(), scratch, size);
        for (int i = 0; i < words; i++) {
            long valid = validity == null ? -1L : validity[i];
            long value = isAnd ? bits[i] : ~bits[i];
            decided[i] |= scratch[i] & valid & ~value;
            open[i] &= ~scratch[i] | (valid & value);
        }
        return validity != null;
    }

    private Vector result(int size, int words, boolean nulls) {
        long[] validity = null;
        if (nulls) {
            Bits.or(decided, open, scratch, words);
            validity = scratch;
        }
        return new BitVector(Type.BOOLEAN, size, isAnd ? open : decided, validity);
    }
}
