package io.basaltdb.query.operator;

/// Where a pipeline's batches come from; shared by its lanes.
public interface Source {
    /// A lane's own end; called once per lane, by the thread that runs it first.
    LocalSource local(OperatorContext context);
}
