package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.PendingCommit;
import io.basaltdb.storage.catalog.PlacedPart;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Seals a table's delta: its rows as of the beginning, sorted, one part per partition. Rows that are added meanwhile stay in the delta;
/// deletions that come meanwhile are carried over when the parts are published.
final class SealJob implements Job {
    private final TransactionContext context;
    private final PinnedSnapshot pin;
    private final TableState source;
    private final DeltaView view;
    private final TableDefinition definition;
    private final long floor;
    private final long[] places;
    private final List<PartitionValues.Slice> slices;
    private final List<PartBuild> builds = new ArrayList<>();
    private @Nullable PartBuild current;
    private final List<PartId> ids = new ArrayList<>();
    private boolean published;
    private boolean unknown;

    SealJob(TransactionContext context, int tableId) {
        this.context = context;
        this.pin = context.state().registry().open();
        this.source = pin.state(tableId);
        this.view = source.delta();
        this.definition = source.definition();
        this.floor = source.floor(context.state().registry().floor());
        this.places = new long[Math.toIntExact(view.rowCount())];
        Arrays.fill(places, Relocations.GONE);
        this.slices = PartitionValues.slices(view, kept(view, floor), definition);
    }

    /// The rows that are not dead at or below the floor.
    private static int[] kept(DeltaView view, long floor) {
        int[] rows = SortOrder.all(view);
        if (view.deadCount() == 0) {
            return rows;
        }
        int count = 0;
        for (int row : rows) {
            long @Nullable [] deaths = view.chunks()[SortOrder.chunk(row)].deaths();
            long death = deaths == null ? 0 : deaths[SortOrder.lane(row)];
            rows[count] = row;
            count += death == 0 || death > floor ? 1 : 0;
        }
        return Arrays.copyOf(rows, count);
    }

    static int[] positions(TableDefinition definition) {
        return definition.sortKey().stream().mapToInt(definition::positionOf).toArray();
    }

    @Override
    public boolean step() {
        PartBuild build = current;
        if (build != null) {
            if (!build.step()) {
                current = null;
            }
            return true;
        }
        if (builds.size() < slices.size()) {
            current = begin(slices.get(builds.size()));
            builds.add(current);
            return true;
        }
        publish();
        return false;
    }

    /// The rows and bytes that are sealed.
    BackgroundJob.Source source() {
        return new BackgroundJob.Source(0, view.rowCount(), view.sizeBytes());
    }

    @Override
    public BackgroundJob.Result result() {
        long rows = 0;
        long bytes = 0;
        for (PartBuild build : builds) {
            rows += build.summary().rowCount();
            bytes += build.summary().sizeBytes();
        }
        return new BackgroundJob.Result(rows, bytes);
    }

    private PartBuild begin(PartitionValues.Slice slice) {
        int[] rows = SortOrder.sorted(view, slice.rows(), positions(definition));
        long part = (long) builds.size() << 32;
        for (int i = 0; i < rows.length; i++) {
            Chunk chunk = view.chunks()[SortOrder.chunk(rows[i])];
            long sequence = chunk.firstSequence() + SortOrder.lane(rows[i]);
            places[(int) (sequence - view.firstSequence())] = part | i;
        }
        PartId id = context.newPartId();
        PartBuild build =
                new PartBuild(
                        context.state().disk(),
                        id,
                        definition,
                        slice.values(),
                        view,
                        rows,
                        floor,
                        true);
        ids.add(id); // only now: the file of that name is surely this job's to delete
        return build;
    }

    private void publish() {
        try {
            context.committer().commit(new SealCommit());
            published = true;
        } catch (BasaltException failure) {
            unknown = failure.code() == ErrorCode.COMPLETION_UNKNOWN;
            throw failure;
        }
    }

    /// Bytes that the placed parts take in a record, about and never too few.
    static long recordBytes(List<PlacedPart> parts) {
        ByteWriter bytes = new ByteWriter(1 << 12);
        CommitBytes.put(bytes, new LogRecord.Sealed(0, 0, parts));
        return bytes.size();
    }

    @Override
    public void close() {
        pin.close();
        if (published || unknown) {
            return;
        }
        builds.forEach(PartBuild::close);
        context.discardParts(ids);
    }

    private final class SealCommit extends PendingCommit {
        private @Nullable List<PlacedPart> placed;

        @Override
        protected boolean isAlone() {
            return true;
        }

        @Override
        protected long sizeBytes() {
            List<PlacedPart> parts = placedParts();
            placed = parts; // no other commit comes before it is admitted
            return recordBytes(parts);
        }

        @Override
        protected boolean mayBeLost() {
            return false;
        }

        @Override
        protected void admit(long commit, ByteWriter payload) {
            DatabaseState state = context.state();
            TableState now = state.table(definition.id());
            if (now == null || now.structureCommit() != source.structureCommit()) {
                throw new BasaltException(
                        ErrorCode.SERIALIZATION_FAILURE,
                        definition.qualifiedName()
                                + " was dropped or truncated while it was sealed");
            }
            List<PlacedPart> known = placed;
            List<PlacedPart> parts = known == null ? placedParts() : known;
            LogRecord record = new LogRecord.Sealed(definition.id(), view.nextSequence(), parts);
            CommitBytes.put(payload, record);
            state.apply(record, commit);
            state.relocations(definition.id())
                    .addFromDelta(
                            new Relocations.Relocation(
                                    commit, view.firstSequence(), List.copyOf(ids), places));
        }

        /// The parts with the deaths of their rows by now.
        private List<PlacedPart> placedParts() {
            List<DeathCollector> deaths = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                deaths.add(new DeathCollector());
            }
            TableState now = context.state().table(definition.id());
            if (now != null && now.structureCommit() == source.structureCommit()) {
                collect(now.delta(), deaths);
            }
            List<PlacedPart> parts = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                parts.add(deaths.get(i).placed(builds.get(i).summary()));
            }
            return parts;
        }

        private void collect(DeltaView now, List<DeathCollector> deaths) {
            for (int c = 0; c < now.chunkCount(); c++) {
                Chunk chunk = now.chunks()[c];
                long @Nullable [] commits = chunk.deaths();
                for (int i = 0; commits != null && i < now.rows(c); i++) {
                    long sequence = chunk.firstSequence() + i;
                    if (commits[i] != 0 && sequence < view.nextSequence()) {
                        long place = places[(int) (sequence - view.firstSequence())];
                        if (place != Relocations.GONE) {
                            deaths.get((int) (place >>> 32)).add((int) place, commits[i]);
                        }
                    }
                }
            }
        }
    }
}
