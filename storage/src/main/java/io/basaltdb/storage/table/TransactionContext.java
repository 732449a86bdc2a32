package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Committer;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// What transactions need of the database. Safe for use by many threads.
public final class TransactionContext {
    /// More bytes of rows than this in one transaction become parts before the commit, however they were appended.
    private static final long MAX_RECORD_BYTES = 16L << 20;

    private final DatabaseState state;
    private final Committer committer;
    private final Throttle throttle;
    private final BulkLimits bulk;
    private final RandomGenerator random;
    private final boolean durable;
    // Parts that are being written, or written and not yet committed.
    private final Set<PartId> unpublished = ConcurrentHashMap.newKeySet();

    public TransactionContext(
            DatabaseState state,
            Committer committer,
            Throttle throttle,
            BulkLimits bulk,
            RandomGenerator random,
            boolean durable) {
        this.state = state;
        this.committer = committer;
        this.throttle = throttle;
        this.bulk = bulk;
        this.random = random;
        this.durable = durable;
    }

    public Transaction begin() {
        return new OpenTransaction(this);
    }

    DatabaseState state() {
        return state;
    }

    Committer committer() {
        return committer;
    }

    BulkLimits bulk() {
        return bulk;
    }

    PartId newPartId() {
        PartId id;
        synchronized (random) {
            id = PartId.random(random::nextLong);
        }
        unpublished.add(id);
        return id;
    }

    /// The part is in the log, or gone.
    void settled(PartId id) {
        unpublished.remove(id);
    }

    boolean isDurable(TableDefinition definition) {
        String option = definition.options().get("durability");
        return option == null ? durable : !option.equals("os");
    }

    long commit(
            Root snapshot,
            List<LogRecord> definitions,
            Collection<StagedRows> staged,
            boolean mayBeLost) {
        List<StagedRows> tables = new ArrayList<>(staged);
        try {
            spillLarge(tables);
            throttle.admit();
            long commit =
                    committer.commit(
                            new TransactionCommit(state, snapshot, definitions, tables, mayBeLost));
            tables.forEach(table -> table.parts().forEach(part -> settled(part.id())));
            return commit;
        } catch (BasaltException failure) {
            if (failure.code() != ErrorCode.COMPLETION_UNKNOWN) {
                tables.forEach(this::discard);
            }
            throw failure;
        }
    }

    private void spillLarge(List<StagedRows> tables) {
        long bytes = 0;
        for (StagedRows table : tables) {
            for (RowStore store : table.stores()) {
                bytes += store.sizeBytes();
            }
        }
        for (StagedRows table : tables) {
            for (RowStore store : table.stores()) {
                if (bytes > MAX_RECORD_BYTES && store.sizeBytes() > MAX_RECORD_BYTES / 16) {
                    bytes -= store.sizeBytes();
                    table.spilled(store, writeParts(table.definition(), store.view()));
                }
            }
        }
    }

    List<PartSummary> writeParts(TableDefinition definition, DeltaView rows) {
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "more than 16 MiB in one transaction: parts cannot be written yet");
    }

    /// Deletes the parts of a transaction that was given up.
    void discard(StagedRows table) {
        for (PartSummary part : table.parts()) {
            try {
                state.disk().delete(part.id().path());
            } catch (BasaltException ignored) {
                // the next open deletes what nothing names
            }
            settled(part.id());
        }
    }
}
