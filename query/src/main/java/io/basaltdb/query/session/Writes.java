package io.basaltdb.query.session;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Transaction;

/// Runs a statement that writes in a transaction of its own; one that loses against another is run again inside.
final class Writes {
    private static final int MAX_TRIES = 10;

    private Writes() {}

    /// What a statement does in its transaction; gives the number of rows that it changed.
    interface Work {
        long run(Transaction transaction);
    }

    /// @param rows changed
    record Outcome(long rows, long commit) {}

    static Outcome commit(Database database, Work work) {
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
