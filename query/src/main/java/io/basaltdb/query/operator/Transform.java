package io.basaltdb.query.operator;

/// How batches change on their way; shared by the lanes of a pipeline.
public interface Transform {
    LocalTransform local(OperatorContext context);
}
