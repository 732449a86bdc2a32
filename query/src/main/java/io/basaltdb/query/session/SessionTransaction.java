package io.basaltdb.query.session;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Transaction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The transaction that a session holds over several statements, if any. After a statement of it has failed, what it did is gone, and
/// every further one is refused until the client says ROLLBACK: it would run without those before it.
final class SessionTransaction {
    private final Database database;
    private final Settings settings;
    private Map<Setting, String> settingsBefore = Map.of();
    private @Nullable Transaction open;
    private boolean readOnly;
    private boolean failed;

    SessionTransaction(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    /// Whether statements belong to a transaction that BEGIN or the first of them began; also after one has failed.
    boolean isActive() {
        return open != null || failed;
    }

    boolean hasFailed() {
        return failed;
    }

    /// The open transaction; null where each statement is one by itself.
    ///
    /// @throws BasaltException IN_FAILED_TRANSACTION
    @Nullable Transaction current() {
        if (failed) {
            throw new BasaltException(
                    ErrorCode.IN_FAILED_TRANSACTION,
                    "a statement of this transaction has failed, and what the transaction did was"
                            + " rolled back; say ROLLBACK before anything else");
        }
        return open;
    }

    /// The open transaction for a statement that writes.
    ///
    /// @throws BasaltException READ_ONLY
    @Nullable Transaction forWriting() {
        Transaction transaction = current();
        if (settings.readOnly()) {
            throw new BasaltException(
                    ErrorCode.READ_ONLY,
                    "the session is read-only; say SET read_only = false before a statement that writes");
        }
        if (transaction != null && readOnly) {
            throw new BasaltException(
                    ErrorCode.READ_ONLY,
                    "the transaction began as READ ONLY; end it before a statement that writes");
        }
        return transaction;
    }

    void begin(boolean onlyReads) {
        if (current() != null) {
            throw new BasaltException(
                    ErrorCode.ACTIVE_TRANSACTION,
                    "a transaction has begun already; say COMMIT or ROLLBACK before BEGIN");
        }
        open = database.begin();
        settingsBefore = settings.saved();
        readOnly = onlyReads;
    }

    /// Ends the transaction and answers its commit number; in any case there is none afterwards.
    ///
    /// @throws BasaltException SERIALIZATION_FAILURE where another came first, IN_FAILED_TRANSACTION where nothing is left to commit
    long commit() {
        boolean hasFailed = failed;
        Transaction transaction = open;
        failed = false;
        open = null;
        if (hasFailed) {
            throw new BasaltException(
                    ErrorCode.IN_FAILED_TRANSACTION,
                    "nothing was committed: a statement of the transaction had failed, and it was"
                            + " rolled back; run it again");
        }
        if (transaction == null) {
            throw none("COMMIT");
        }
        boolean committed = false;
        try (transaction) {
            long commit = transaction.commit();
            committed = true;
            return commit;
        } finally {
            if (!committed) {
                settings.restore(settingsBefore);
            }
        }
    }

    void rollback() {
        if (!isActive()) {
            throw none("ROLLBACK");
        }
        end();
    }

    private static BasaltException none(String statement) {
        return new BasaltException(
                ErrorCode.NO_ACTIVE_TRANSACTION,
                statement + " needs a transaction, and none has begun; say BEGIN first");
    }

    /// A statement has failed.
    void fail() {
        if (open != null) {
            end();
            failed = true;
        }
    }

    /// A statement that belonged to that transaction has failed, perhaps long after it.
    @SuppressWarnings("ReferenceEquality") // a transaction is itself
    void fail(@Nullable Transaction of) {
        if (of != null && of == open) {
            fail();
        }
    }

    /// Rolls back whatever is open.
    void end() {
        Transaction transaction = open;
        open = null;
        failed = false;
        if (transaction != null) {
            settings.restore(settingsBefore);
            transaction.close();
        }
    }
}
