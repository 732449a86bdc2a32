package io.basaltdb.query.operator;

/// How batches change on their way; shared by the lanes of a pipeline.
public interface Transform extends AutoCloseable {
    LocalTransform local(OperatorContext context);

    /// Frees what all lanes shared (a join's build side). Called once per pipeline that it stands in, when that pipeline has ended or will
    /// never run; so a transform that stands in several pipelines is closed several times.
    @Override
    default void close() {}
}
