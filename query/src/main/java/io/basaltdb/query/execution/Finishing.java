package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Sink;

/// The completion of a sink, after every pipeline that ends in it.
final class Finishing extends Stage {
    private final Placed<Sink> sink;

    Finishing(Placed<Sink> sink) {
        this.sink = sink;
    }

    Placed<Sink> sink() {
        return sink;
    }
}
