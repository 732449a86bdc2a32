package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Sink;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One step of finishing a sink: asks for its tasks and lets them run at once; the last one starts the next step, which takes the place of this one among
/// the query's live works.
final class FinishWork extends Work {
    private final QueryExecution execution;
    private final Finishing finishing;
    private final int step;

    FinishWork(QueryExecution execution, Finishing finishing, int step) {
        super(execution.share());
        this.execution = execution;
        this.finishing = finishing;
        this.step = step;
    }

    @Override
    boolean mustNotWait() {
        return true;
    }

    @Override
    Outcome run(long untilNanos) {
        QueryContext query = execution.query();
        try {
            query.checkDeadline();
            query.checkCancelled();
            List<Sink.Task> tasks =
                    execution.timed(
                            finishing.sink().profile(),
                            0,
                            _ -> finishing.sink().operator().finish(step));
            if (!tasks.isEmpty()) {
                start(tasks);
                return DONE;
            }
        } catch (Throwable failure) {
            query.fail(failure);
        }
        execution.stageEnded(finishing);
        return DONE;
    }

    private void start(List<Sink.Task> tasks) {
        AtomicInteger left = new AtomicInteger(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            execution.enqueue(new TaskWork(tasks.get(i), i, left));
        }
    }

    /// One task of the step.
    private final class TaskWork extends Work {
        private final Sink.Task task;
        private final int number;
        private final AtomicInteger left;

        TaskWork(Sink.Task task, int number, AtomicInteger left) {
            super(execution.share());
            this.task = task;
            this.number = number;
            this.left = left;
        }

        @Override
        boolean mustNotWait() {
            return true;
        }

        @Override
        Outcome run(long untilNanos) {
            QueryContext query = execution.query();
            try {
                query.checkDeadline();
                query.checkCancelled();
                execution.timed(
                        finishing.sink().profile(),
                        number,
                        context -> {
                            task.run(context);
                            return List.of();
                        });
            } catch (Throwable failure) {
                query.fail(failure);
            }
            if (left.decrementAndGet() == 0) {
                execution.enqueueInstead(new FinishWork(execution, finishing, step + 1));
            }
            execution.workEnded();
            return DONE;
        }
    }
}
