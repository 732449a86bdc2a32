package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the rows of a batch where a predicate is true. Bound to one execution; for one thread.
///
/// The predicate is taken apart into its conjuncts. Those that cannot fail come first, cheap ones before dear ones; those that can fail follow in the order of
/// the statement, each on the rows that are left.
public final class Filter {
    private final Computation[] conjuncts;
    private final SharedComputation.Clock clock;
    private final BitLanes lanes = new BitLanes();
    private final int[][] rows;
    private long[] truth = new long[0];

    private Filter(Computation[] conjuncts, SharedComputation.Clock clock) {
        this.conjuncts = conjuncts;
        this.clock = clock;
        this.rows = new int[conjuncts.length][0];
    }

    public static Filter of(Expression predicate, EvaluationContext context) {
        List<Expression> conjuncts = ordered(predicate);
        EvaluationBuilder builder = new EvaluationBuilder(conjuncts, context);
        Computation[] computations =
                conjuncts.stream().map(builder::build).toArray(Computation[]::new);
        return new Filter(computations, builder.clock());
    }

    private static List<Expression> ordered(Expression predicate) {
        List<Expression> all = new ArrayList<>();
        flatten(predicate, all);
        List<Expression> sure = new ArrayList<>();
        List<Expression> fallible = new ArrayList<>();
        for (Expression conjunct : all) {
            (Expressions.isFallible(conjunct) ? fallible : sure).add(conjunct);
        }
        sure.sort(Comparator.comparingInt(ExpressionCost::of));
        sure.addAll(fallible);
        return sure;
    }

    private static void flatten(Expression predicate, List<Expression> conjuncts) {
        if (predicate instanceof Expression.And(List<Expression> operands)) {
            operands.forEach(operand -> flatten(operand, conjuncts));
        } else {
            conjuncts.add(predicate);
        }
    }

    /// The rows that the batch selects and the predicate accepts: `batch.withSelection(filter.select(batch))`. Null where that is every lane of the batch.
    /// Lent until the next call.
    public @Nullable Selection select(Batch batch) {
        clock.advance(batch.selection());
        Selection live = batch.selection();
        for (int i = 0; i < conjuncts.length && (live == null || live.count() > 0); i++) {
            clock.narrow(live);
            live = narrow(i, conjuncts[i].compute(batch, live), live, batch.size());
        }
        return live;
    }

    private @Nullable Selection narrow(
            int conjunct, Vector condition, @Nullable Selection live, int size) {
        int words = Validity.words(size);
        long[] bits = lanes.read(condition, size);
        long[] validity = condition.validity();
        if (validity != null) {
            truth = Scratch.longs(truth, words);
            Bits.and(bits, validity, truth, words);
            bits = truth;
        }
        rows[conjunct] = Scratch.ints(rows[conjunct], size);
        int[] out = rows[conjunct];
        if (live != null) {
            return new Selection(out, Bits.filterRows(bits, live.rows(), live.count(), out));
        }
        int count = Bits.toRows(bits, out, size);
        return count == size ? null : new Selection(out, count);
    }
}
