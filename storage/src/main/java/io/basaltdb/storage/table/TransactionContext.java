package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Committer;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What transactions need of the database. Safe for use by many threads.
public final class TransactionContext {
    private static final String PARTS = "parts";

    /// More bytes of rows than this in one transaction become parts before the commit, however they were appended.
    private static final long MAX_RECORD_BYTES = 16L << 20;

    private final DatabaseState state;
    private final Committer committer;
    private final Throttle throttle;
    private final BulkLimits bulk;
    private final PartNames names;
    private final boolean durable;
    private final Clock clock;
    private final long openedMicros;
    private final long openedNanos;
    private final AppenderBytes appenderBytes = new AppenderBytes();
    private volatile RowRule.Maker rules = RowRule.NONE;
    // Guarded by this.
    private boolean hasDirectory;

    /// @param random names parts, together with the epoch
    public TransactionContext(
            DatabaseState state,
            Committer committer,
            Throttle throttle,
            BulkLimits bulk,
            RandomGenerator random,
            long epoch,
            boolean durable,
            Clock clock) {
        this.state = state;
        this.committer = committer;
        this.throttle = throttle;
        this.bulk = bulk;
        this.names = new PartNames(state, random, epoch);
        this.durable = durable;
        this.clock = clock;
        this.openedMicros = clock.wallMicros();
        this.openedNanos = clock.monotonicNanos();
    }

    public Transaction begin() {
        return new OpenTransaction(this);
    }

    /// Says who makes the rules of rows; before the first transaction that writes.
    public void rules(RowRule.Maker maker) {
        rules = maker;
    }

    RowRule.Maker rules() {
        return rules;
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

    /// What all appenders hold.
    AppenderBytes appenderBytes() {
        return appenderBytes;
    }

    PartId newPartId() {
        makeDirectory();
        return names.next();
    }

    private synchronized void makeDirectory() {
        if (!hasDirectory) {
            state.disk().createDirectory(PARTS);
            state.disk().forceDirectory("");
            hasDirectory = true;
        }
    }

    boolean isDurable(TableDefinition definition) {
        String option = definition.options().get("durability");
        return option == null ? durable : !option.equals("os");
    }

    /// What a transaction hands over at its end.
    ///
    /// @param snapshot that it began with
    /// @param unchanged tables to which nothing may have come since
    /// @param mayBeLost whether the commit may be acknowledged before it is durable
    /// @param isBlind whether nothing depends on a row that was read
    record Prepared(
            Root snapshot,
            List<LogRecord> definitions,
            List<LogRecord.TokenUsed> tokens,
            Set<Integer> unchanged,
            List<StagedRows> staged,
            boolean mayBeLost,
            boolean isBlind) {}

    long commit(Prepared transaction) {
        spillLarge(transaction.staged());
        throttle.admit();
        return committer.commit(new TransactionCommit(state, transaction));
    }

    /// The wall time as it would be had nobody set the clock since the database was opened: what tokens age by.
    long steadyMicros() {
        return openedMicros + (clock.monotonicNanos() - openedNanos) / 1000;
    }

    private void spillLarge(Collection<StagedRows> tables) {
        long bytes = 0;
        for (StagedRows table : tables) {
            bytes += table.memoryBytes();
        }
        if (bytes > MAX_RECORD_BYTES) {
            for (StagedRows table : tables) {
                table.spill(this, MAX_RECORD_BYTES / 16, Long.MAX_VALUE);
            }
        }
    }

    /// Writes the rows that live as sorted parts, one per partition, that no one else sees before the commit.
    ///
    /// @param dead rows that are left out, counted from the first
    List<PartState> writeParts(TableDefinition definition, DeltaView rows, DeleteVector dead) {
        List<PartState> written = new ArrayList<>();
        try {
            for (PartitionValues.Slice slice :
                    PartitionValues.slices(rows, SortOrder.all(rows, dead), definition)) {
                int[] sorted = SortOrder.sorted(rows, slice.rows(), SealJob.positions(definition));
                PartSummary part = writePart(definition, slice.values(), rows, sorted);
                written.add(new PartState(part, 0, DeathList.NONE, state.handle(part.id())));
            }
            return written;
        } catch (RuntimeException | Error failure) {
            discardParts(written.stream().map(PartState::id).toList());
            throw failure;
        }
    }

    private PartSummary writePart(
            TableDefinition definition, List<Value> partition, DeltaView rows, int[] sorted) {
        PartId id = newPartId();
        try (PartBuild build =
                new PartBuild(state.disk(), id, definition, partition, rows, sorted, 0, false)) {
            while (build.step()) {
                // column by column
            }
            return build.summary();
        }
    }

    /// Lets go of parts that were held, and deletes those that nobody needs.
    void letGo(List<PartId> parts) {
        discardParts(
                state.holds().release(parts).stream()
                        .filter(part -> !state.knowsPart(part))
                        .toList());
    }

    /// Deletes the part files that nothing names: what an earlier life began and did not end. To be called once; others may write parts meanwhile,
    /// since a file that this life began after the files were listed is not among them, and one that it began before has an early name.
    public void deleteUnknownParts() {
        List<String> files = state.disk().list(PARTS);
        Set<String> known = new HashSet<>();
        names.early().forEach(part -> known.add(part.path()));
        known.addAll(state.partPaths());
        boolean deleted = false;
        for (String name : files) {
            String path = PARTS + "/" + name;
            if (name.endsWith(".part") && !known.contains(path)) {
                state.disk().delete(path);
                deleted = true;
            }
        }
        if (deleted) {
            state.disk().forceDirectory(PARTS);
        }
    }

    /// Deletes part files that no table names, but for those that are held.
    void discardParts(List<PartId> parts) {
        for (PartId part : parts) {
            try {
                if (!state.holds().isHeld(part)) {
                    state.disk().delete(part.path());
                }
            } catch (BasaltException ignored) {
                // the next open deletes what nothing names
            }
        }
    }
}
