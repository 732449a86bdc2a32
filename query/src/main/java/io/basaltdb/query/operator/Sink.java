package io.basaltdb.query.operator;

import java.util.List;

/// Where a pipeline's batches go; shared by its lanes, and by all pipelines that end here (the branches of a UNION ALL).
///
/// The state that a sink gathers belongs to whoever reads it afterwards: a [Source] or [Transform] that frees it when closed.
public interface Sink extends AutoCloseable {
    LocalSink local(OperatorContext context);

    /// Completes the state once every lane's sink is closed, in steps: called with 0, and, when all tasks of a step have returned, with the next
    /// number, until it gives no tasks. The tasks of one step are independent and run at once on several threads. Then the pipelines start that
    /// read this state. Called by one thread at a time.
    List<Task> finish(int step);

    /// Frees whatever nobody has taken over. Called once, when the query ends.
    @Override
    default void close() {}

    /// One piece of finishing work. A long one looks at [OperatorContext#checkCancelled].
    interface Task {
        void run(OperatorContext context);
    }
}
