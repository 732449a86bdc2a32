package io.basaltdb.query.session;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.Database;

/// BEGIN, COMMIT, ROLLBACK.
final class TransactionStatements {
    private final SessionTransaction transaction;
    private final Database database;
    private final long queryId;

    TransactionStatements(SessionTransaction transaction, Database database, long queryId) {
        this.transaction = transaction;
        this.database = database;
        this.queryId = queryId;
    }

    Result begin(Statement.Begin begin) {
        transaction.begin(begin.readOnly());
        return done(database.lastCommit());
    }

    /// @param needed whether it is an error where none is open
    Result commit(boolean needed) {
        return done(
                needed || transaction.isActive() ? transaction.commit() : database.lastCommit());
    }

    Result rollback(boolean needed) {
        if (needed || transaction.isActive()) {
            transaction.rollback();
        }
        return done(database.lastCommit());
    }

    private Result done(long commit) {
        return RowsResult.count(0, queryId, commit);
    }
}
