package io.basaltdb.query.session;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Transaction;

/// Runs a statement that writes: as a part of the session's transaction, or in one of its own. One that loses against another is run again
/// inside, where nothing came before it in its transaction.
final class Writes {
    private static final int MAX_TRIES = 10;

    private final Database database;
    private final SessionTransaction session;

    Writes(Database database, SessionTransaction session) {
        this.database = database;
        this.session = session;
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

    private Outcome alone(Work work) {
        for (int tries = 1; ; tries++) {
            try (Transaction transaction = database.begin()) {
                long rows = work.run(transaction);
                return new Outcome(rows, transaction.commit());
            } catch (BasaltException failure) {
                if (failure.code() != ErrorCode.SERIALIZATION_FAILURE || tries == MAX_TRIES) {
                    throw failure;
                }
            }
        }
    }
}
