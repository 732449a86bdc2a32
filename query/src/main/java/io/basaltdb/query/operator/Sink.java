package io.basaltdb.query.operator;

import java.util.List;

/// Where a pipeline's batches go; shared by its lanes.
public interface Sink {
    LocalSink local(OperatorContext context);

    /// Called once, when every lane's sink is closed: independent tasks that complete the state (merge partitions, sort runs). They run at once
    /// on several threads; when all have returned, [#completed] is called and the pipelines that read this state start.
    List<Task> finish();

    default void completed() {}

    /// One piece of finishing work.
    interface Task {
        void run(OperatorContext context);
    }
}
