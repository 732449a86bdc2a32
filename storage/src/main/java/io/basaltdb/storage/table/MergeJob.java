package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.PendingCommit;
import io.basaltdb.storage.catalog.PlacedPart;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.part.ColumnAppender;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartColumnSummary;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.part.PartWriter;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Merges parts of one partition into one: first the order of the rows by their keys, one byte each, then column after column. Rows dead at
/// or below the floor are left out; deletions that come meanwhile are carried over when the part is published.
final class MergeJob implements Job {
    /// Rows of a column that are written in one step, a few milliseconds.
    private static final int STEP_ROWS = 16 * Batch.MAX_ROWS;

    private final TransactionContext context;
    private final PinnedSnapshot pin;
    private final TableDefinition definition;
    private final List<PartState> sources = new ArrayList<>();
    private final List<DeleteVector> dropped = new ArrayList<>();
    private final long structureCommit;
    private final long floor;
    private final long[][] places;
    private final long survivorCount;
    private @Nullable MergeOrder order;
    private @Nullable PartId id;
    private @Nullable PartWriter writer;
    private @Nullable PartSummary summary;
    private int nextColumn;
    private @Nullable OpenColumn open;
    private boolean settled;

    MergeJob(TransactionContext context, int tableId, List<PartId> chosen) {
        this.context = context;
        this.pin = context.state().registry().open();
        TableState table = pin.state(tableId);
        this.definition = table.definition();
        this.structureCommit = table.structureCommit();
        this.floor = table.floor(context.state().registry().floor());
        this.places = new long[chosen.size()][];
        long survivors = 0;
        for (PartState part : table.parts().all()) {
            if (chosen.contains(part.id())) {
                DeleteVector gone = part.deaths().through(floor);
                places[sources.size()] = new long[Math.toIntExact(part.summary().rowCount())];
                Arrays.fill(places[sources.size()], Relocations.GONE);
                sources.add(part);
                dropped.add(gone);
                survivors += part.summary().rowCount() - gone.cardinality();
            }
        }
        this.survivorCount = survivors;
        if (sources.size() != chosen.size()) {
            pin.close();
            throw conflict();
        }
    }

    private BasaltException conflict() {
        return new BasaltException(
                ErrorCode.SERIALIZATION_FAILURE,
                "parts of " + definition.qualifiedName() + " were dropped while they were merged");
    }

    @Override
    public boolean step() {
        if (survivorCount > 0 && writer == null) {
            begin();
            return true;
        }
        if (writer != null && (open != null || nextColumn < definition.columns().size())) {
            writeSome(writer);
            return true;
        }
        if (writer != null && summary == null) {
            writeBirths(writer);
            if (!definition.primaryKey().isEmpty()) {
                writer.keys(keys());
            }
            summary = writer.finish();
            return true;
        }
        publish();
        return false;
    }

    /// The parts that are merged.
    BackgroundJob.Source source() {
        long rows = 0;
        long bytes = 0;
        for (PartState source : sources) {
            rows += source.summary().rowCount();
            bytes += source.summary().sizeBytes();
        }
        return new BackgroundJob.Source(sources.size(), rows, bytes);
    }

    @Override
    public BackgroundJob.Result result() {
        PartSummary written = summary;
        return written == null
                ? BackgroundJob.Result.NOTHING
                : new BackgroundJob.Result(written.rowCount(), written.sizeBytes());
    }

    private List<MergeInput> inputs(int[] positions, boolean coded) {
        List<MergeInput> inputs = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            inputs.add(
                    new MergeInput(sources.get(s), definition, dropped.get(s), positions, coded));
        }
        return inputs;
    }

    private void begin() {
        int[] keys = SealJob.positions(definition);
        MergeOrder merged = new MergeOrder(survivorCount);
        List<MergeInput> inputs = inputs(keys, false);
        merged.merge(inputs, keys.length, places);
        inputs.forEach(MergeInput::close);
        assert merged.count() == survivorCount;
        order = merged;
        PartId part = context.newPartId();
        id = part;
        writer =
                PartWriter.create(
                        context.state().disk(),
                        part.path(),
                        PartBuild.describe(
                                part,
                                definition,
                                sources.getFirst().summary().partition(),
                                survivorCount,
                                widest()));
    }

    private long widest() {
        long widest = 16;
        for (PartState source : sources) {
            for (PartColumnSummary column : source.summary().columns()) {
                widest =
                        Math.max(
                                widest,
                                column.decodedBytes() / Math.max(1, source.summary().rowCount()));
            }
        }
        return widest;
    }

    private MergeOrder order() {
        MergeOrder known = order;
        if (known == null) {
            throw new AssertionError("no order yet");
        }
        return known;
    }

    private void writeSome(PartWriter target) {
        OpenColumn column = open;
        if (column == null) {
            column = new OpenColumn(target, nextColumn++);
            open = column;
        }
        if (!column.step()) {
            column.close();
            open = null;
        }
    }

    /// A column that is being written.
    private final class OpenColumn {
        private final List<MergeInput> inputs;
        private final ColumnAppender appender;
        private final MergedColumn merged;
        private long from;

        OpenColumn(PartWriter target, int position) {
            ColumnDefinition column = definition.columns().get(position);
            inputs = inputs(new int[] {position}, true);
            appender = target.column(column.id(), sources.size());
            merged = new MergedColumn(column.type(), inputs, order());
        }

        /// Writes the next rows; false once all are written.
        boolean step() {
            long end = Math.min(survivorCount, from + STEP_ROWS);
            while (from < end) {
                int count = (int) Math.min(Batch.MAX_ROWS, end - from);
                merged.next(Math.toIntExact(from), count, appender);
                from += count;
            }
            if (from < survivorCount) {
                return true;
            }
            appender.close();
            return false;
        }

        void close() {
            inputs.forEach(MergeInput::close);
        }
    }

    /// The hashes of the survivors' keys, granule by granule of each source, at their places.
    private long[] keys() {
        int[] positions = KeyBatch.positions(definition);
        long[] hashes = new long[Math.toIntExact(survivorCount)];
        List<MergeInput> inputs = inputs(positions, false);
        for (int s = 0; s < inputs.size(); s++) {
            MergeInput input = inputs.get(s);
            while (input.hasRow()) {
                long[] granule = input.keyHashes();
                int count = input.available();
                for (int i = 0; i < count; i++) {
                    int lane = input.lanes()[input.position() + i];
                    long place = places[s][input.row() - input.lane() + lane];
                    hashes[(int) place] = granule[lane];
                }
                input.advance(count);
            }
        }
        inputs.forEach(MergeInput::close);
        return hashes;
    }

    private void writeBirths(PartWriter target) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (PartState source : sources) {
            min = Math.min(min, source.minBirth());
            max = Math.max(max, source.maxBirth());
        }
        if (max <= floor || min == max) {
            target.births(min, max);
            return;
        }
        long[] births = new long[Math.toIntExact(survivorCount)];
        List<MergeInput> inputs = inputs(new int[0], false);
        MergeOrder merged = order();
        for (int i = 0; i < births.length; i++) {
            MergeInput input = inputs.get(merged.source(i));
            births[i] = input.birth();
            input.advance();
        }
        inputs.forEach(MergeInput::close);
        PartBuild.writeBirths(target, births, min, max, floor);
    }

    private void publish() {
        try {
            context.committer().commit(new MergeCommit());
            settled = true;
        } catch (BasaltException failure) {
            settled = failure.code() == ErrorCode.COMPLETION_UNKNOWN;
            throw failure;
        }
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
        pin.close();
        if (writer != null && !settled) {
            writer.close();
            if (id != null) {
                context.discardParts(List.of(id));
            }
        }
    }

    private final class MergeCommit extends PendingCommit {
        private @Nullable List<PlacedPart> placed;

        @Override
        protected boolean isAlone() {
            return true;
        }

        @Override
        protected long sizeBytes() {
            List<PlacedPart> parts = placed();
            placed = parts; // no other commit comes before it is admitted
            return SealJob.recordBytes(parts) + 64 + 16L * sources.size();
        }

        @Override
        protected boolean mayBeLost() {
            return false;
        }

        @Override
        protected void admit(long commit, ByteWriter payload) {
            DatabaseState state = context.state();
            TableState now = state.table(definition.id());
            if (now == null || now.structureCommit() != structureCommit) {
                throw conflict();
            }
            List<PartId> ids = sources.stream().map(PartState::id).toList();
            if (!ids.stream().allMatch(source -> now.parts().find(source) != null)) {
                throw conflict();
            }
            List<PlacedPart> known = placed;
            List<PlacedPart> parts = known == null ? placed() : known;
            LogRecord record = new LogRecord.Merged(definition.id(), ids, parts);
            CommitBytes.put(payload, record);
            state.apply(record, commit);
            List<PartId> targets = id == null ? List.of() : List.of(id);
            for (int s = 0; s < ids.size(); s++) {
                state.relocations(definition.id())
                        .add(ids.get(s), new Relocations.Relocation(commit, 0, targets, places[s]));
            }
        }

        /// The new part, with the deaths of its rows by now.
        private List<PlacedPart> placed() {
            PartSummary part = summary;
            if (part == null) {
                return List.of();
            }
            DeathCollector deaths = new DeathCollector();
            TableState now = context.state().table(definition.id());
            for (int s = 0; s < sources.size() && now != null; s++) {
                PartState source = now.parts().find(sources.get(s).id());
                if (source != null) {
                    collect(source.deaths(), places[s], deaths);
                }
            }
            return List.of(deaths.placed(part));
        }

        private void collect(DeathList now, long[] rowPlaces, DeathCollector deaths) {
            for (int row : now.base().toRows()) {
                if (rowPlaces[row] != Relocations.GONE) {
                    deaths.add((int) rowPlaces[row], floor); // folded since: nobody asks when
                }
            }
            for (int i = 0; i < now.tailCount(); i++) {
                long place = rowPlaces[now.tailRow(i)];
                if (place != Relocations.GONE) {
                    deaths.add((int) place, now.tailCommit(i));
                }
            }
        }
    }
}
