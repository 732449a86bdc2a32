package io.basaltdb.query.execution;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.relation.RelationRegistry;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.table.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One execution of one statement: what it sees, what it may use, and whether it has to stop. Safe for use by many threads.
public final class QueryContext {
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private final long queryId;
    private final long commit;
    private final EvaluationContext evaluation;
    private final RelationRegistry relations;
    private final @Nullable Transaction transaction;
    private final MemoryBudget memory;
    private final Clock clock;
    private final long deadlineNanos;

    // Guards the writing of `failure`, and `whenFailed`.
    private final Object lock = new Object();
    private final List<Runnable> whenFailed = new ArrayList<>();
    private volatile @Nullable BasaltException failure;

    /// @param commit the commit number whose rows are seen
    /// @param transaction where a statement that writes puts its rows; null for one that only reads
    /// @param memory the query's own budget
    /// @param deadlineNanos time of the clock at which the query is stopped, or [#NO_DEADLINE]
    public QueryContext(
            long queryId,
            long commit,
            EvaluationContext evaluation,
            RelationRegistry relations,
            @Nullable Transaction transaction,
            MemoryBudget memory,
            Clock clock,
            long deadlineNanos) {
        this.queryId = queryId;
        this.commit = commit;
        this.evaluation = evaluation;
        this.relations = relations;
        this.transaction = transaction;
        this.memory = memory;
        this.clock = clock;
        this.deadlineNanos = deadlineNanos;
    }

    public long queryId() {
        return queryId;
    }

    public long commit() {
        return commit;
    }

    public EvaluationContext evaluation() {
        return evaluation;
    }

    public RelationRegistry relations() {
        return relations;
    }

    /// @throws BasaltException INVALID_TRANSACTION_STATE where the query may only read
    public Transaction transaction() {
        if (transaction == null) {
            throw new BasaltException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    "a statement that writes was started without a transaction");
        }
        return transaction;
    }

    public MemoryBudget memory() {
        return memory;
    }

    /// Stops the query as soon as its lanes notice, with QUERY_CANCELED.
    public void cancel() {
        fail(new BasaltException(ErrorCode.QUERY_CANCELED, "the query was cancelled"));
    }

    /// Stops the query with that failure, unless it has failed already: the first one is what the reader gets.
    void fail(Throwable cause) {
        List<Runnable> due;
        synchronized (lock) {
            if (failure != null) {
                return;
            }
            failure = Failures.toBasalt(cause);
            due = List.copyOf(whenFailed);
        }
        due.forEach(Runnable::run);
    }

    /// Runs the action when the query fails, at once if it has failed.
    void whenFailed(Runnable action) {
        synchronized (lock) {
            whenFailed.add(action);
            if (failure == null) {
                return;
            }
        }
        action.run();
    }

    /// Takes an action back that [#whenFailed] was given.
    @SuppressWarnings("ReferenceEquality") // the same object
    void forget(Runnable action) {
        synchronized (lock) {
            whenFailed.removeIf(known -> known == action);
        }
    }

    @Nullable BasaltException failure() {
        return failure;
    }

    /// Raises the failure that stops the query, where there is one.
    public void checkCancelled() {
        BasaltException stop = failure;
        if (stop != null) {
            throw stop;
        }
    }

    /// Nanoseconds until the deadline; a query that is past it is stopped here.
    long checkDeadline() {
        if (deadlineNanos == NO_DEADLINE) {
            return Long.MAX_VALUE;
        }
        long left = deadlineNanos - clock.monotonicNanos();
        if (left <= 0) {
            fail(
                    new BasaltException(
                            ErrorCode.QUERY_CANCELED,
                            "the query was stopped because it ran longer than the time limit"
                                    + " allows; raise query_timeout or let the query touch fewer"
                                    + " rows"));
        }
        return left;
    }
}
