package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.PlacedPart;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Snapshots that stay readable for a time, for engines that read in many pieces, perhaps from other processes: taken, renewed, listed as splits,
/// given back. Safe for use by many threads.
///
/// A lease is a list of part files, each with the rows in it that were dead at its commit; rows of the delta are written into parts of the lease's own when
/// it is taken. It pins no snapshot and no rows in memory, only files, and says so in a file `leases/<id>-<n>.lease`: so it outlives the process. Once it
/// is given back or has expired, the files that only it needed are deleted.
public final class SnapshotLeases {
    static final int MAX_LEASES = 64;
    static final long MAX_MILLIS = 24L * 60 * 60 * 1000;

    /// About a million rows.
    static final int GRANULES_PER_SPLIT = 256;

    private static final String DIRECTORY = "leases";
    private static final String SUFFIX = ".lease";

    /// @param number counts the renewals: of two notes of one lease the higher counts
    private record Held(SnapshotLease lease, List<LeasedSplit.Parts> tables, int number) {
        List<PartId> parts() {
            return tables.stream()
                    .flatMap(table -> table.parts().stream())
                    .map(part -> part.summary().id())
                    .toList();
        }

        String name() {
            return lease.id() + "-" + number + SUFFIX;
        }
    }

    private final TransactionContext context;
    private final Disk disk;
    private final PartHolds holds;
    // Guarded by this.
    private final Map<UUID, Held> leases = new LinkedHashMap<>();

    /// Takes over the leases that an earlier process gave; before the first part file is deleted.
    public SnapshotLeases(TransactionContext context) {
        this.context = context;
        this.disk = context.state().disk();
        this.holds = context.state().holds();
        for (String name : disk.list(DIRECTORY)) {
            if (name.endsWith(SUFFIX)) {
                takeOver(name);
            }
        }
    }

    private void takeOver(String name) {
        ByteReader in = NoteFile.read(disk, DIRECTORY, name);
        if (in == null) {
            NoteFile.delete(disk, DIRECTORY, name);
            return;
        }
        Held held = read(in);
        Held known = leases.get(held.lease.id());
        if (known != null && known.number > held.number) {
            NoteFile.delete(disk, DIRECTORY, name);
            return;
        }
        holds.hold(held.parts());
        leases.put(held.lease.id(), held);
        if (known != null) {
            NoteFile.delete(disk, DIRECTORY, known.name());
            holds.release(known.parts());
        }
    }

    private static Held read(ByteReader in) {
        UUID id = new UUID(in.getLong(), in.getLong());
        int number = in.getInt();
        long commit = in.getLong();
        long expiresMicros = in.getLong();
        List<LeasedSplit.Parts> tables = new ArrayList<>();
        for (int i = in.getCount(4); i > 0; i--) {
            tables.add(LeasedSplit.get(in));
        }
        in.expectEnd();
        return new Held(lease(id, commit, expiresMicros, tables), tables, number);
    }

    private static SnapshotLease lease(
            UUID id, long commit, long expiresMicros, List<LeasedSplit.Parts> tables) {
        return new SnapshotLease(
                id,
                commit,
                expiresMicros,
                tables.stream().map(LeasedSplit.Parts::definition).toList());
    }

    private void write(Held held) {
        ByteWriter out = new ByteWriter(1 << 12);
        out.putLong(held.lease.id().getMostSignificantBits());
        out.putLong(held.lease.id().getLeastSignificantBits());
        out.putInt(held.number);
        out.putLong(held.lease.commit());
        out.putLong(held.lease.expiresMicros());
        out.putInt(held.tables.size());
        for (LeasedSplit.Parts table : held.tables) {
            LeasedSplit.put(out, table.definition(), table.parts());
        }
        NoteFile.write(disk, DIRECTORY, held.name(), out);
    }

    /// Takes a lease on tables as they are now. Durable when it returns.
    ///
    /// @throws BasaltException UNDEFINED_TABLE; INVALID_PARAMETER for more than 24 hours; CONFIGURATION_LIMIT where 64 leases are out
    public SnapshotLease take(List<Integer> tableIds, long millis) {
        long expiresMicros = expiry(millis);
        checkRoom();
        List<PartId> own = new ArrayList<>();
        List<PartId> held = List.of();
        try (PinnedSnapshot pin = context.state().registry().open()) {
            List<LeasedSplit.Parts> tables = new ArrayList<>();
            for (int id : tableIds) {
                tables.add(parts(pin.state(id), pin.commit(), own));
            }
            UUID id = context.newPartId().uuid();
            Held taken = new Held(lease(id, pin.commit(), expiresMicros, tables), tables, 0);
            held = taken.parts();
            holds.hold(held);
            keep(taken);
            return taken.lease;
        } catch (RuntimeException | Error failure) {
            holds.release(held);
            context.discardParts(own);
            throw failure;
        }
    }

    /// Checks the room again: others may have been taken since this one was begun.
    private synchronized void keep(Held taken) {
        checkRoom();
        write(taken);
        leases.put(taken.lease.id(), taken);
    }

    private synchronized void checkRoom() {
        if (leases.size() >= MAX_LEASES) {
            throw new BasaltException(
                    ErrorCode.CONFIGURATION_LIMIT,
                    MAX_LEASES
                            + " leases are out, and there cannot be more; release one, or wait until one expires");
        }
    }

    private long expiry(long millis) {
        if (millis <= 0 || millis > MAX_MILLIS) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "a lease lasts 1 to " + MAX_MILLIS + " milliseconds, not " + millis);
        }
        return context.steadyMicros() + millis * 1000;
    }

    /// The parts of the table with the rows that are dead; those of the delta become parts.
    ///
    /// @param own gets those that are written here
    private LeasedSplit.Parts parts(TableState table, long commit, List<PartId> own) {
        List<PlacedPart> parts = new ArrayList<>();
        for (PartState part : table.parts().all()) {
            parts.add(placed(part));
        }
        DeltaView delta = table.delta();
        if (delta.rowCount() > 0) {
            List<PartState> written =
                    context.writeParts(table.definition(), delta, dead(delta, commit));
            written.forEach(part -> own.add(part.id()));
            written.forEach(part -> parts.add(placed(part)));
            written.forEach(part -> part.handle().close());
        }
        return new LeasedSplit.Parts(table.definition(), parts);
    }

    private static PlacedPart placed(PartState part) {
        int[] dead = part.deaths().all().toRows();
        return new PlacedPart(part.summary(), dead, new long[dead.length]);
    }

    /// The rows of the delta that had died by then, counted from the first.
    private static DeleteVector dead(DeltaView delta, long commit) {
        DeleteVector.Builder dead = new DeleteVector.Builder();
        for (int row = 0; row < delta.rowCount() && delta.deadCount() > 0; row++) {
            long death = delta.death(delta.firstSequence() + row);
            if (death != 0 && death <= commit) {
                dead.add(new int[] {row}, 1);
            }
        }
        return dead.build();
    }

    /// @return null where nobody knows it
    private synchronized @Nullable Held known(UUID id) {
        Held held = leases.get(id);
        return held == null || held.lease.expiresMicros() <= context.steadyMicros() ? null : held;
    }

    private Held valid(UUID id) {
        Held held = known(id);
        if (held == null) {
            throw expired(id);
        }
        return held;
    }

    static BasaltException expired(UUID id) {
        return new BasaltException(
                ErrorCode.LEASE_EXPIRED,
                "lease "
                        + id
                        + " has expired or was released; take another and read from the start");
    }

    /// @throws BasaltException LEASE_EXPIRED
    public SnapshotLease find(UUID id) {
        return valid(id).lease;
    }

    /// Those that hold now.
    public synchronized List<SnapshotLease> all() {
        return leases.values().stream()
                .map(Held::lease)
                .filter(lease -> lease.expiresMicros() > context.steadyMicros())
                .toList();
    }

    /// Lets the lease last for that long from now on. Durable when it returns.
    ///
    /// @throws BasaltException LEASE_EXPIRED
    public synchronized SnapshotLease renew(UUID id, long millis) {
        Held held = valid(id);
        SnapshotLease lease =
                new SnapshotLease(id, held.lease.commit(), expiry(millis), held.lease.tables());
        Held renewed = new Held(lease, held.tables, held.number + 1);
        write(renewed);
        leases.put(id, renewed);
        NoteFile.delete(disk, DIRECTORY, held.name());
        return lease;
    }

    /// Gives a lease back; one that is not known is no mistake.
    public synchronized void release(UUID id) {
        Held held = leases.get(id);
        if (held == null) {
            return;
        }
        NoteFile.delete(disk, DIRECTORY, held.name());
        leases.remove(id);
        context.letGo(held.parts());
    }

    /// A table of the lease, cut into pieces of about a million rows.
    ///
    /// @throws BasaltException LEASE_EXPIRED, UNDEFINED_TABLE
    public List<LeasedSplit> splits(UUID id, int tableId) {
        Held held = valid(id);
        List<LeasedSplit> splits = new ArrayList<>();
        boolean found = false;
        for (LeasedSplit.Parts table : held.tables) {
            if (table.definition().id() == tableId) {
                found = true;
                table.parts().forEach(part -> cut(held, table.definition(), part, splits));
            }
        }
        if (!found) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE, "lease " + id + " has no table number " + tableId);
        }
        return splits;
    }

    private static void cut(
            Held held, TableDefinition definition, PlacedPart part, List<LeasedSplit> splits) {
        int granules = part.summary().granuleCount();
        for (int first = 0; first < granules; first += GRANULES_PER_SPLIT) {
            splits.add(
                    new LeasedSplit(
                            held.lease.id(),
                            held.lease.commit(),
                            definition,
                            part,
                            first,
                            Math.min(GRANULES_PER_SPLIT, granules - first)));
        }
    }

    /// Reads a split of a lease that holds.
    ///
    /// @throws BasaltException LEASE_EXPIRED
    public SplitReader open(LeasedSplit split) {
        valid(split.lease());
        return split.open(disk);
    }

    synchronized boolean hasExpired() {
        long now = context.steadyMicros();
        return leases.values().stream().anyMatch(held -> held.lease.expiresMicros() <= now);
    }

    /// Releases what has expired.
    synchronized void expire() {
        long now = context.steadyMicros();
        for (SnapshotLease lease : leases.values().stream().map(Held::lease).toList()) {
            if (lease.expiresMicros() <= now) {
                release(lease.id());
            }
        }
    }
}
