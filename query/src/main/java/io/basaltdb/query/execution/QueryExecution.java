package io.basaltdb.query.execution;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A plan at work. Made by [#start]; its rows are pulled by one reader while the workers go on as far as the queue of results has room.
///
/// The first failure, wherever it happens, stops all lanes and is what the reader gets. When the last lane and task has ended, everything that the
/// query held is closed, whatever the way it ended; [#close] waits for that.
public final class QueryExecution implements Result {
    private final QueryContext query;
    private final WorkerPool pool;
    private final WorkerPool.Share share;
    private final Schema schema;
    private final PipelineGraph graph;
    private final ResultQueue results;
    private final OperatorProfile profile;
    private final long startNanos;
    private final Runnable wake = this::wakeAll;
    private final Runnable whenEnded;
    private volatile long endNanos;

    /// Lanes and tasks that are ready, at work or parked; one more while the query is being started.
    private final AtomicInteger liveWorks = new AtomicInteger(1);

    // Guards itself: lanes that may have to be woken.
    private final List<Lane> lanes = new ArrayList<>();

    private QueryExecution(
            PlanNode plan,
            QueryContext query,
            WorkerPool pool,
            WorkerPool.Share share,
            PipelineBuilder.Built built,
            Runnable whenEnded) {
        this.query = query;
        this.pool = pool;
        this.share = share;
        this.whenEnded = whenEnded;
        this.schema = plan.output();
        this.graph = built.graph();
        this.results = built.results();
        this.profile = built.profile();
        this.startNanos = pool.clock().monotonicNanos();
    }

    /// Binds the plan to the query's snapshot and starts it.
    ///
    /// @throws BasaltException where it cannot be bound: a relation that is not there, a form that cannot be executed
    public static QueryExecution start(PlanNode plan, QueryContext query, WorkerPool pool) {
        PipelineBuilder.Built built =
                PipelineBuilder.build(plan, query, pool.workerCount(), WorkingTables.NONE, false);
        return start(
                new QueryExecution(plan, query, pool, new WorkerPool.Share(), built, () -> {}));
    }

    private static QueryExecution start(QueryExecution execution) {
        execution.query.whenFailed(execution.wake);
        execution.graph.readyStages().forEach(execution::startStage);
        execution.workEnded();
        return execution;
    }

    /// Runs a part of the query now, by a work of this execution, which does not end before it. Its rows can be read without waiting when it has ended.
    QueryExecution nested(PlanNode part, WorkingTables workingTables, Runnable whenPartEnded) {
        PipelineBuilder.Built built =
                PipelineBuilder.build(part, query, pool.workerCount(), workingTables, true);
        liveWorks.incrementAndGet();
        return start(
                new QueryExecution(
                        part,
                        query,
                        pool,
                        share,
                        built,
                        () -> {
                            whenPartEnded.run();
                            workEnded();
                        }));
    }

    QueryContext query() {
        return query;
    }

    WorkerPool.Share share() {
        return share;
    }

    Clock clock() {
        return pool.clock();
    }

    void enqueue(Work work) {
        liveWorks.incrementAndGet();
        pool.enqueue(work);
    }

    /// As [#enqueue], by a work that ends now and hands its place over.
    void enqueueInstead(Work work) {
        pool.enqueue(work);
    }

    private void startStage(Stage stage) {
        switch (stage) {
            case Pipeline pipeline -> startLanes(pipeline);
            case Finishing finishing -> enqueue(new FinishWork(this, finishing, 0));
        }
    }

    private void startLanes(Pipeline pipeline) {
        int count = 1;
        try {
            int limit = pipeline.source().operator().laneLimit();
            count = Math.clamp(limit, 1, pool.workerCount());
        } catch (Throwable failure) {
            query.fail(failure);
        }
        pipeline.setLaneCount(count);
        List<Lane> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(new Lane(this, pipeline, count, i));
        }
        synchronized (lanes) {
            lanes.addAll(started);
        }
        started.forEach(this::enqueue);
    }

    /// Called by each lane when it has closed everything of its own.
    void laneEnded(Lane lane, Pipeline pipeline) {
        synchronized (lanes) {
            lanes.remove(lane);
        }
        if (pipeline.laneEnded()) {
            startReleased(pipeline);
        }
        workEnded();
    }

    /// Called when a sink is finished, or when finishing has failed.
    void stageEnded(Finishing finishing) {
        startReleased(finishing);
        workEnded();
    }

    private void startReleased(Stage stage) {
        List<Stage> released = stage.released();
        if (query.failure() == null) {
            released.forEach(this::startStage);
        }
    }

    /// Whoever ends last closes the query.
    void workEnded() {
        if (liveWorks.decrementAndGet() > 0) {
            return;
        }
        try {
            graph.close();
            query.evaluation().shared().close();
        } catch (Throwable failure) {
            query.fail(failure);
        }
        endNanos = clock().monotonicNanos();
        query.forget(wake);
        results.end();
        whenEnded.run();
    }

    private void wakeAll() {
        List<Lane> parked;
        synchronized (lanes) {
            parked = List.copyOf(lanes);
        }
        parked.forEach(lane -> lane.resume(pool));
        results.wake();
    }

    /// Runs finishing work with a context of its own and counts its time.
    List<Sink.Task> timed(
            OperatorProfile operator, int number, Function<OperatorContext, List<Sink.Task>> work) {
        LaneContext context = new LaneContext(this, operator, pool.workerCount(), number);
        long start = clock().monotonicNanos();
        try {
            return work.apply(context);
        } finally {
            context.counters().nanos += clock().monotonicNanos() - start;
            operator.add(context.counters());
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        return results.take(query);
    }

    @Override
    public long updateCount() {
        return -1;
    }

    @Override
    public long queryId() {
        return query.queryId();
    }

    @Override
    public long commit() {
        return query.commit();
    }

    @Override
    public QueryProgress progress() {
        return profile().progress();
    }

    /// What has been counted so far.
    public QueryProfile profile() {
        long end = endNanos == 0 ? clock().monotonicNanos() : endNanos;
        return QueryProfile.of(
                profile, end - startNanos, pool.usedNanos(share), query.memory().peakBytes());
    }

    @Override
    public void close() {
        if (!results.isEnded()) {
            query.cancel();
        }
        results.awaitEnd();
        results.release();
    }
}
