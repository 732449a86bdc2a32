package io.basaltdb.query.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A step of a query that starts when others have ended: the lanes of a pipeline, or the finishing of a sink.
abstract sealed class Stage permits Pipeline, Finishing {
    private final List<Stage> dependents = new ArrayList<>();
    private final AtomicInteger waitingFor = new AtomicInteger();

    /// This stage starts only when the other has ended. Called while the graph is built.
    final void after(Stage other) {
        other.dependents.add(this);
        waitingFor.incrementAndGet();
    }

    final boolean isReady() {
        return waitingFor.get() == 0;
    }

    /// The stages that nothing holds back any more now that this one has ended.
    final List<Stage> released() {
        List<Stage> released = new ArrayList<>();
        for (Stage dependent : dependents) {
            if (dependent.waitingFor.decrementAndGet() == 0) {
                released.add(dependent);
            }
        }
        return released;
    }
}
