package io.basaltdb.query.execution;

import io.basaltdb.query.operator.BatchCopy;
import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OneShotSignal;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.aggregate.SeenRows;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives the rows of the seed, then of step after step. Each runs on all workers as an execution of its own under the same query; meanwhile this lane is
/// parked, so that no worker waits for another.
///
/// The rows of one step are held until the next one has read them: only they are needed, and where each row counts once, the keys of all rows.
final class RecursionSource implements Source {
    /// A recursion that has not ended by then never will, as far as anybody can tell.
    static final int MAX_STEPS = 100_000;

    private final PlanNode.Recursion plan;
    private final WorkingTables outer;

    RecursionSource(PlanNode.Recursion plan, WorkingTables outer) {
        this.plan = plan;
        this.outer = outer;
    }

    @Override
    public int laneLimit() {
        return 1;
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new Steps((LaneContext) context);
    }

    private final class Steps implements LocalSource {
        private final LaneContext context;
        private final Reservation reservation;
        private final @Nullable SeenRows seen;
        private List<Batch> rows = List.of();
        private int given;
        private int step;
        private @Nullable QueryExecution running;

        Steps(LaneContext context) {
            this.context = context;
            this.reservation = context.memory().reserve("a recursion");
            this.seen =
                    plan.distinct()
                            ? new SeenRows(plan.output(), context.memory().reserve("a recursion"))
                            : null;
        }

        @Override
        public Progress next() {
            QueryExecution ended = running;
            if (ended != null) {
                running = null;
                take(ended);
            }
            if (given < rows.size()) {
                return new Progress.Rows(rows.get(given++));
            }
            if (step > 0 && rows.isEmpty()) {
                return Progress.FINISHED;
            }
            if (step > MAX_STEPS) {
                throw new BasaltException(
                        ErrorCode.PROGRAM_LIMIT,
                        "a recursive query did not end within "
                                + MAX_STEPS
                                + " steps; give its recursive part a condition that becomes false"
                                + " (WHERE depth < 100), or write UNION, by which each row counts"
                                + " once");
            }
            return new Progress.Blocked(start());
        }

        private OneShotSignal start() {
            OneShotSignal ended = new OneShotSignal();
            running =
                    context.execution()
                            .nested(
                                    step == 0 ? plan.seed() : plan.step(),
                                    outer.with(plan.table(), rows),
                                    ended::fire);
            step++;
            return ended;
        }

        /// Takes over the rows of a step that has ended.
        private void take(QueryExecution ended) {
            try (ended) {
                List<Batch> fresh = new ArrayList<>();
                long bytes = 0;
                Batch batch = ended.next();
                while (batch != null) {
                    Batch counted = seen == null ? batch : seen.unseen(batch);
                    if (counted.rowCount() > 0) {
                        long more = BatchCopy.bytes(counted);
                        reservation.grow(more);
                        bytes += more;
                        fresh.add(BatchCopy.copy(counted));
                    }
                    batch = ended.next();
                }
                rows = fresh;
                given = 0;
                reservation.resize(bytes);
            }
        }

        @Override
        public void close() {
            reservation.close();
            if (seen != null) {
                seen.close();
            }
        }
    }
}
