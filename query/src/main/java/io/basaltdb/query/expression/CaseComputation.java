package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CASE: each condition sees the rows that no earlier one took, each result the rows that its condition took.
final class CaseComputation extends Computation {
    private final List<Computation> conditions;
    private final List<Computation> results;
    private final Computation otherwise;
    private final LaneAssembler assembler;
    private final BitLanes lanes = new BitLanes();
    private long[] truth = new long[0];
    private final int[][] taken;
    private final int[][] left;

    CaseComputation(
            Type type,
            List<Computation> conditions,
            List<Computation> results,
            Computation otherwise) {
        super(type);
        this.conditions = conditions;
        this.results = results;
        this.otherwise = otherwise;
        this.assembler = new LaneAssembler(type);
        this.taken = new int[conditions.size()][0];
        this.left = new int[conditions.size()][0];
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        int size = batch.size();
        Selection rest = live;
        int total = live == null ? size : live.count();
        boolean isBegun = false;
        for (int i = 0; i < conditions.size() && (rest == null || rest.count() > 0); i++) {
            Vector condition = conditions.get(i).compute(batch, rest);
            Selection hits = hits(i, condition, rest, size);
            if (hits.count() == 0) {
                continue;
            }
            Vector result = results.get(i).compute(batch, hits);
            if (hits.count() == total) {
                return result;
            }
            if (!isBegun) {
                assembler.begin(size);
                isBegun = true;
            }
            assembler.put(result, hits);
            rest = misses(i, rest, size);
        }
        if (!isBegun) {
            return otherwise.compute(batch, rest);
        }
        if (rest != null && rest.count() > 0) {
            assembler.put(otherwise.compute(batch, rest), rest);
        }
        return assembler.finish();
    }

    /// Rows of `rest` where the condition is true; leaves the condition's truth in [#truth].
    private Selection hits(int branch, Vector condition, @Nullable Selection rest, int size) {
        int words = Validity.words(size);
        truth = Scratch.longs(truth, words);
        long[] validity = condition.validity();
        if (validity == null) {
            Bits.copy(lanes.read(condition, size), truth, words);
        } else {
            Bits.and(lanes.read(condition, size), validity, truth, words);
        }
        taken[branch] = Scratch.ints(taken[branch], size);
        return select(taken[branch], rest, size);
    }

    private Selection misses(int branch, @Nullable Selection rest, int size) {
        int words = Validity.words(size);
        // The condition's vector may have been overwritten by the result's computation, its truth
        // has been kept.
        Bits.not(truth, truth, words);
        left[branch] = Scratch.ints(left[branch], size);
        return select(left[branch], rest, size);
    }

    private Selection select(int[] out, @Nullable Selection rest, int size) {
        int count =
                rest == null
                        ? Bits.toRows(truth, out, size)
                        : Bits.filterRows(truth, rest.rows(), rest.count(), out);
        return new Selection(out, count);
    }
}
