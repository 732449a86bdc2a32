package io.basaltdb.query.execution;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorCounters;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Signal;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the threads of control of a pipeline: pulls batches from its own end of the source and pushes them through its own transforms into its own
/// end of the sink. Runs in slices; between two slices its whole state is in the fields.
///
/// The transform that is deepest and still has output is always asked first, because a batch must be used up before the one that lent it is
/// asked again. When the source has ended, the transforms are finished one after the other, each after all output before it has passed.
final class Lane extends Work {
    /// Lanes add their counts to the query's after that many batches.
    private static final int BATCHES_PER_REPORT = 16;

    private final QueryExecution execution;
    private final QueryContext query;
    private final Pipeline pipeline;
    private final Clock clock;
    private final int laneCount;
    private final int lane;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<LaneContext> contexts = new ArrayList<>();
    private @Nullable LocalSource source;
    private LocalTransform[] transforms = {};
    private @Nullable LocalSink sink;

    /// Transforms that have a batch to use up.
    private boolean[] active = {};

    /// Transforms before this one are not asked any more.
    private int firstLive;

    /// The source, and the transforms before this one, have ended.
    private int ended;

    private boolean sourceEnded;
    private boolean sinkEnded;
    private int batchesSinceReport;

    Lane(QueryExecution execution, Pipeline pipeline, int laneCount, int lane) {
        super(execution.share());
        this.execution = execution;
        this.query = execution.query();
        this.pipeline = pipeline;
        this.clock = execution.clock();
        this.laneCount = laneCount;
        this.lane = lane;
    }

    @Override
    boolean mustNotWait() {
        return query.failure() != null;
    }

    @Override
    Outcome run(long untilNanos) {
        try {
            query.checkDeadline();
            query.checkCancelled();
            if (sink == null) {
                open();
            }
            Signal blocker = advance(untilNanos);
            if (blocker != null) {
                report();
                return new Wait(blocker);
            }
            if (!isDone()) {
                report();
                return AGAIN;
            }
            sink().complete();
        } catch (Throwable failure) {
            query.fail(failure);
        }
        end();
        return DONE;
    }

    private void open() {
        List<Placed<Transform>> placed = pipeline.transforms();
        transforms = new LocalTransform[placed.size()];
        active = new boolean[placed.size()];
        LocalSource first =
                pipeline.source().operator().local(context(pipeline.source().profile()));
        opened.add(first);
        for (int i = 0; i < transforms.length; i++) {
            transforms[i] = placed.get(i).operator().local(context(placed.get(i).profile()));
            opened.add(transforms[i]);
        }
        Placed<Sink> last = pipeline.target().sink();
        LocalSink local = last.operator().local(context(last.profile()));
        opened.add(local);
        source = first;
        sink = local;
    }

    private LaneContext context(OperatorProfile profile) {
        LaneContext context = new LaneContext(execution, profile, laneCount, lane);
        contexts.add(context);
        return context;
    }

    private boolean isDone() {
        return sinkEnded || (sourceEnded && ended == transforms.length && deepestActive() < 0);
    }

    /// Goes on until the time is over, the lane is done, or something has to be waited for: then its signal is returned.
    private @Nullable Signal advance(long untilNanos) {
        long now = clock.monotonicNanos();
        while (!isDone()) {
            query.checkCancelled();
            if (now >= untilNanos) {
                query.checkDeadline();
                return null;
            }
            int deepest = deepestActive();
            Progress progress;
            OperatorCounters counters;
            if (deepest >= 0) {
                counters = contexts.get(deepest + 1).counters();
                Batch output = transforms[deepest].produce();
                active[deepest] = output != null;
                progress = output == null ? Progress.MORE : new Progress.Rows(output);
            } else if (!sourceEnded) {
                counters = contexts.getFirst().counters();
                progress = source().next();
            } else {
                counters = contexts.get(ended + 1).counters();
                transforms[ended].finish();
                active[ended] = true;
                ended++;
                progress = Progress.MORE;
            }
            long then = clock.monotonicNanos();
            counters.nanos += then - now;
            now = then;
            switch (progress) {
                case Progress.Rows(Batch batch) -> {
                    counters.rowsOut += batch.rowCount();
                    counters.batchesOut++;
                    if (deepest < 0) {
                        countReport();
                    }
                    Signal blocker = pass(batch, deepest + 1);
                    then = clock.monotonicNanos();
                    contexts.get(deepest + 2).counters().nanos += then - now;
                    now = then;
                    if (blocker != null) {
                        return blocker;
                    }
                }
                case Progress.More _ -> {}
                case Progress.Finished _ -> sourceEnded = true;
                case Progress.Blocked(Signal signal) -> {
                    return signal;
                }
            }
            dropBehindFinished();
        }
        return null;
    }

    /// Gives the batch to the transform at that position, or to the sink behind the last one.
    private @Nullable Signal pass(Batch batch, int position) {
        contexts.get(position + 1).counters().rowsIn += batch.rowCount();
        if (position < transforms.length) {
            transforms[position].accept(batch);
            active[position] = true;
            return null;
        }
        return switch (sink().consume(batch)) {
            case Progress.More _, Progress.Rows _ -> null;
            case Progress.Finished _ -> {
                sinkEnded = true;
                yield null;
            }
            case Progress.Blocked(Signal signal) -> signal;
        };
    }

    /// Whatever stands before a transform that needs nothing more has ended as well.
    private void dropBehindFinished() {
        for (int i = transforms.length - 1; i >= firstLive; i--) {
            if (transforms[i].isFinished()) {
                sourceEnded = true;
                firstLive = i;
                ended = Math.max(ended, i);
                return;
            }
        }
    }

    private int deepestActive() {
        for (int i = transforms.length - 1; i >= firstLive; i--) {
            if (active[i]) {
                return i;
            }
        }
        return -1;
    }

    private void countReport() {
        if (++batchesSinceReport >= BATCHES_PER_REPORT) {
            report();
        }
    }

    private void report() {
        batchesSinceReport = 0;
        for (LaneContext context : contexts) {
            context.profile().add(context.counters());
        }
    }

    private void end() {
        try {
            Closing.all(opened.reversed());
        } catch (Throwable failure) {
            query.fail(failure);
        }
        opened.clear();
        report();
        execution.laneEnded(this, pipeline);
    }

    private LocalSource source() {
        LocalSource opened = source;
        assert opened != null;
        return opened;
    }

    private LocalSink sink() {
        LocalSink opened = sink;
        assert opened != null;
        return opened;
    }
}
