package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes rows of one task of a [staged ingest][StagedIngests] into parts that nobody sees yet. For one thread. Rows pass the same rules as those of any
/// insert; whether their keys are unique is looked at with the commit.
public final class StagedWriter implements AutoCloseable {
    private final TransactionContext context;
    private final TableDefinition definition;
    private final @Nullable RowRule rule;
    private final RowCheck check;
    private final Function<List<PartSummary>, StagedTask> finisher;
    private final List<PartSummary> parts = new ArrayList<>();
    private RowStore store;
    private long rowCount;
    private boolean ended;

    /// @param finisher makes the parts the ingest's
    StagedWriter(
            TransactionContext context,
            TableDefinition definition,
            Function<List<PartSummary>, StagedTask> finisher) {
        this.context = context;
        this.definition = definition;
        this.rule = RowRule.of(definition, context.rules());
        this.check = new RowCheck(definition);
        this.finisher = finisher;
        this.store = newStore();
    }

    private RowStore newStore() {
        return RowStore.bulk(definition);
    }

    /// Copies the selected rows of the batch, as [Appender#append] does.
    ///
    /// @throws BasaltException CHECK_VIOLATION, NOT_NULL_VIOLATION, PROGRAM_LIMIT, DISK_FULL
    public void append(Batch given) {
        checkOpen();
        Batch rows = rule == null ? given : rule.apply(given);
        check.check(rows);
        store.append(rows.columns(), rows.size(), rows.selection(), 0);
        rowCount += rows.rowCount();
        BulkLimits bulk = context.bulk();
        if (store.rowCount() >= bulk.rows() || store.sizeBytes() >= bulk.bytes()) {
            writeParts();
        }
    }

    private void checkOpen() {
        if (ended) {
            throw new BasaltException(
                    ErrorCode.INVALID_TRANSACTION_STATE, "the writer was finished or closed");
        }
    }

    private void writeParts() {
        for (PartState part : context.writeParts(definition, store.view(), DeleteVector.none())) {
            parts.add(part.summary());
            part.handle().close();
        }
        store = newStore();
    }

    /// Rows appended so far.
    public long rowCount() {
        return rowCount;
    }

    /// Writes what is left; from now on the rows can be committed, also when this process has ended and another opened the database.
    ///
    /// @throws BasaltException LEASE_EXPIRED where the ingest is over; DISK_FULL
    public StagedTask finish() {
        checkOpen();
        if (store.rowCount() > 0) {
            writeParts();
        }
        StagedTask task = finisher.apply(List.copyOf(parts));
        ended = true;
        return task;
    }

    /// Without having been finished: deletes what was written.
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            context.discardParts(parts.stream().map(PartSummary::id).toList());
        }
    }

    /// The parts' names.
    static List<PartId> ids(List<PartSummary> parts) {
        return parts.stream().map(PartSummary::id).toList();
    }
}
