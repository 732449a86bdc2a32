package io.basaltdb.query.operator;

/// Where a pipeline's batches come from; shared by its lanes.
public interface Source extends AutoCloseable {
    /// A lane's own end; called once per lane, by the thread that runs it first.
    LocalSource local(OperatorContext context);

    /// How many lanes can find work here; 1 where the order of the rows counts. Asked when the pipeline starts.
    default int laneLimit() {
        return Integer.MAX_VALUE;
    }

    /// Frees what the source reads from (the state that a sink left it). Called once, when its pipeline has ended or will never run.
    @Override
    default void close() {}
}
