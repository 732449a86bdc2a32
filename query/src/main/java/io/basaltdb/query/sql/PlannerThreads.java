package io.basaltdb.query.sql;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The only threads that may recurse over statements: with stacks that hold the deepest statement that [ComplexityLimit] lets through. What
/// overflows even them comes back as an error of the statement, for nothing that the engine needs runs on these threads.
final class PlannerThreads implements AutoCloseable {
    /// Virtual memory only; a plain statement touches a few hundred kilobytes of it.
    private static final long STACK_BYTES = 256L << 20;

    private static final int MAX_WAITING = 1_000;
    private static final long IDLE_SECONDS = 60;

    private final ThreadPoolExecutor pool;

    PlannerThreads(int threads) {
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MAX_WAITING),
                        Thread.ofPlatform()
                                .name("planner-", 1)
                                .daemon(true)
                                .stackSize(STACK_BYTES)
                                .factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /// What the work gives, computed by one of the threads while the caller waits.
    ///
    /// @throws BasaltException the work's own; CONFIGURATION_LIMIT where too many wait; STATEMENT_TOO_COMPLEX where the stack was too small
    <T> T call(Callable<T> work) {
        try {
            return await(pool.submit(work));
        } catch (RejectedExecutionException e) {
            throw new BasaltException(
                    ErrorCode.CONFIGURATION_LIMIT,
                    pool.isShutdown()
                            ? "The database is closed"
                            : MAX_WAITING
                                    + " statements wait for planning already; try again later",
                    e);
        }
    }

    private static <T> T await(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw problem(e.getCause() == null ? e : e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException problem(Throwable cause) {
        return switch (cause) {
            case BasaltException known -> known;
            case StackOverflowError deep ->
                    new BasaltException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "The statement is nested too deeply to be planned; split it",
                            deep);
            case OutOfMemoryError full ->
                    new BasaltException(
                            ErrorCode.OUT_OF_MEMORY,
                            "There is not enough memory to plan the statement",
                            full);
            default ->
                    new BasaltException(
                            ErrorCode.INTERNAL,
                            "The statement could not be planned, by a mistake of ours; please report it with its text",
                            cause);
        };
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
