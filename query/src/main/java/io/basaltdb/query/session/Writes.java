package io.basaltdb.query.session;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Transaction;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs a statement that writes: as a part of the session's transaction, or in one of its own. One that loses against another is run again
/// inside, where nothing came before it in its transaction.
final class Writes {
    private static final int MAX_TRIES = 10;

    private final Database database;
    private final SessionTransaction session;
    private final ReentrantLock contended;

    /// @param contended held by statements that are run again, one after the other
    Writes(Database database, SessionTransaction session, ReentrantLock contended) {
        this.database = database;
        this.session = session;
        this.contended = contended;
    }

    /// What a statement does in its transaction; gives the number of rows that it changed.
    interface Work {
        long run(Transaction transaction);
    }

    /// @param rows changed
    /// @param commit with which they are there, or, in the session's transaction, the one that it reads
    record Outcome(long rows, long commit) {}

    Outcome run(Work work) {
        Transaction open = session.forWriting();
        return open == null ? alone(work) : new Outcome(work.run(open), open.begunAt());
    }

    /// Whether a statement is a transaction by itself.
    boolean isAlone() {
        return !session.isActive();
    }

    private Outcome alone(Work work) {
        BasaltException lost = null;
        if (!contended.isLocked()) {
            try {
                return once(work);
            } catch (BasaltException failure) {
                lost = failure;
                if (failure.code() != ErrorCode.SERIALIZATION_FAILURE) {
                    throw failure;
                }
            }
        }
        return inTurn(work, lost);
    }

    /// Those who lose wait for each other, and those who come meanwhile wait behind them: so each gets through, however many want the same row.
    private Outcome inTurn(Work work, @Nullable BasaltException lost) {
        contended.lock();
        try {
            for (int tries = lost == null ? 1 : 2; ; tries++) {
                try {
                    if (tries > 1) {
                        database.awaitCommits();
                    }
                    return once(work);
                } catch (BasaltException failure) {
                    if (failure.code() != ErrorCode.SERIALIZATION_FAILURE || tries == MAX_TRIES) {
                        throw failure;
                    }
                }
            }
        } finally {
            contended.unlock();
        }
    }

    private Outcome once(Work work) {
        try (Transaction transaction = database.begin()) {
            long rows = work.run(transaction);
            return new Outcome(rows, transaction.commit());
        }
    }
}
