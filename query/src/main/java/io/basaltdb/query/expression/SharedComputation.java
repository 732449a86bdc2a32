package io.basaltdb.query.expression;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One use of a sub-expression that occurs more than once.
///
/// All uses have one core, which is computed at most once per batch, so that nobody's vector is overwritten while it is read. It is computed for all rows of the
/// batch that are still asked for at the top: every use asks for these or for fewer. Where the expression can fail, fewer rows must not become more: then a use
/// that is narrowed, and comes before one that is not, computes for itself.
final class SharedComputation extends Computation {
    /// Counts the batches and knows the rows that the top asks for; one for all computations of a list.
    static final class Clock {
        private long batch;
        private @Nullable Selection top;

        /// Begins a batch, whose rows at the top are these.
        void advance(@Nullable Selection live) {
            batch++;
            top = live;
        }

        /// From here on the top asks for these, some of the rows before.
        void narrow(@Nullable Selection live) {
            top = live;
        }
    }

    /// What the uses have in common.
    static final class Core {
        private final Computation computation;
        private final Clock clock;
        private long computedAt = -1;
        private @Nullable Vector result;

        Core(Computation computation, Clock clock) {
            this.computation = computation;
            this.clock = clock;
        }

        private @Nullable Vector known() {
            return computedAt == clock.batch ? result : null;
        }

        private Vector computeForTop(Batch batch) {
            Vector fresh = computation.compute(batch, clock.top);
            result = fresh;
            computedAt = clock.batch;
            return fresh;
        }
    }

    private final Core core;
    private final boolean isFallible;
    private final Supplier<Computation> own;
    private @Nullable Computation narrowed;

    /// @param own makes a computation of the same expression that nobody else uses
    SharedComputation(Core core, boolean isFallible, Supplier<Computation> own) {
        super(core.computation.type);
        this.core = core;
        this.isFallible = isFallible;
        this.own = own;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a selection is known by its identity
    Vector compute(Batch batch, @Nullable Selection live) {
        Vector known = core.known();
        if (known != null) {
            return known;
        }
        if (!isFallible || live == core.clock.top) {
            return core.computeForTop(batch);
        }
        Computation alone = narrowed;
        if (alone == null) {
            alone = own.get();
            narrowed = alone;
        }
        return alone.compute(batch, live);
    }
}
