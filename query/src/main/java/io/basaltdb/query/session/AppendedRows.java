package io.basaltdb.query.session;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// Rows that are simply added: they go straight to an appender, which makes parts of many.
final class AppendedRows implements TableInsert.Target {
    private final Database database;
    private final Transaction transaction;
    private final SessionTransaction session;
    private final TableDefinition table;
    private final @Nullable UsedToken known;
    private final Appender appender;
    private long rowCount;
    private boolean committed;

    /// @param transaction the session's, or one of its own
    /// @param tokenName empty for none
    AppendedRows(
            Database database,
            Transaction transaction,
            SessionTransaction session,
            TableDefinition table,
            String tokenName) {
        this.database = database;
        this.transaction = transaction;
        this.session = session;
        this.table = table;
        this.known = tokenName.isEmpty() ? null : transaction.usedToken(table.id(), tokenName);
        this.appender = transaction.appender(table.id());
    }

    @Override
    public void append(Batch rows) {
        rowCount += rows.rowCount();
        if (known == null) {
            appender.append(rows);
        }
    }

    @Override
    public long commit(@Nullable InsertToken token) {
        appender.close();
        if (token != null && known != null) {
            long rows = token.repeat(known, table);
            end();
            return rows;
        }
        if (token != null) {
            transaction.inserted(table.id(), token, rowCount);
        }
        transaction.checkKeys(table.id());
        if (!isPartOfSession()) {
            return commitAlone(token);
        }
        committed = true;
        return rowCount;
    }

    /// Where another insert under the token was faster, its answer is this one's.
    private long commitAlone(@Nullable InsertToken token) {
        try {
            transaction.commit();
            committed = true;
            return rowCount;
        } catch (BasaltException lost) {
            if (token == null || lost.code() != ErrorCode.SERIALIZATION_FAILURE) {
                throw lost;
            }
            database.awaitCommits();
            try (Transaction later = database.begin()) {
                UsedToken faster = later.usedToken(table.id(), token.name());
                if (faster == null) {
                    throw lost;
                }
                return token.repeat(faster, table);
            }
        }
    }

    private void end() {
        committed = true;
        if (!isPartOfSession()) {
            transaction.close();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a transaction is itself
    private boolean isPartOfSession() {
        return session.isActive() && session.current() == transaction;
    }

    /// Rows that a larger transaction has taken in cannot be taken out again: it fails as a whole.
    @Override
    public void close() {
        if (!committed) {
            appender.close();
            session.fail(transaction);
            transaction.close();
        }
    }
}
