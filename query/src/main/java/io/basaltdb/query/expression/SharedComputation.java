package io.basaltdb.query.expression;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A sub-expression that occurs more than once: computed at its first use in a batch and kept for the others, as long as they ask for the same rows or for fewer
/// than all.
final class SharedComputation extends Computation {
    /// Counts the batches; one for all computations of a list.
    static final class Clock {
        private long batch;

        void advance() {
            batch++;
        }
    }

    private final Computation computation;
    private final Clock clock;
    private long computedAt = -1;
    private @Nullable Selection computedFor;
    private boolean isForAllRows;
    private @Nullable Vector result;

    SharedComputation(Computation computation, Clock clock) {
        super(computation.type);
        this.computation = computation;
        this.clock = clock;
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        Vector known = result;
        if (known != null && computedAt == clock.batch && (isForAllRows || computedFor == live)) {
            return known;
        }
        Vector fresh = computation.compute(batch, live);
        result = fresh;
        computedAt = clock.batch;
        computedFor = live;
        isForAllRows = live == batch.selection() || live == null;
        return fresh;
    }
}
