package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.Committer;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.Manifest;
import io.basaltdb.storage.catalog.PlacedPart;
import io.basaltdb.storage.catalog.TableCheckpoint;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.segment.DistinctSketch;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The state that commits change, ahead of what is published: the Committer's own, touched by no other thread but for what says so.
/// Replaying the log and committing live go through the same methods.
public final class DatabaseState implements Committer.Publisher {
    /// A part that no root after `commit` holds.
    record Retired(long commit, PartHandle handle) {}

    private final Disk disk;
    private final KeyCache keys;
    private final OpenParts openParts;
    private final PartHolds holds = new PartHolds();
    private final SnapshotRegistry registry;
    private final AtomicInteger nextId = new AtomicInteger(1);
    private final AtomicLong deltaBytes = new AtomicLong();
    private final Map<Integer, RowStore> deltas = new HashMap<>();
    private final Map<Integer, Relocations> relocations = new HashMap<>();
    private final Map<Integer, TokenLedger> tokens = new ConcurrentHashMap<>();
    private final Map<Integer, WrittenBytes> written = new ConcurrentHashMap<>();
    // Guarded by itself: the Committer adds, the Purger takes.
    private final Deque<Retired> retired = new ArrayDeque<>();
    private final Timeline timeline;
    private int historyCount;
    private Catalog catalog;
    private TableMap tables = TableMap.EMPTY;
    private long lastCommit;
    private volatile long manifestCommit;

    // Columns of parts that came in this life of the database, and how many of them the manifest
    // has.
    private volatile long addedColumns;
    private volatile long checkpointedColumns;
    private volatile long recordedMicros;

    /// The state as a manifest holds it.
    /// @param keyCacheBytes what decoded keys may take
    /// @param openPartBytes what footers, filters and indexes of parts may take while nobody reads them
    public static DatabaseState of(
            Disk disk, Manifest manifest, long keyCacheBytes, long openPartBytes) {
        return new DatabaseState(disk, manifest, keyCacheBytes, openPartBytes);
    }

    private DatabaseState(Disk disk, Manifest manifest, long keyCacheBytes, long openPartBytes) {
        this.disk = disk;
        this.keys = new KeyCache(keyCacheBytes);
        this.openParts = new OpenParts(openPartBytes);
        this.catalog = manifest.catalog();
        this.lastCommit = manifest.commit();
        this.manifestCommit = manifest.commit();
        this.recordedMicros = manifest.wallMicros();
        this.nextId.set(manifest.nextId());
        this.timeline = Timeline.of(manifest.timeline());
        for (TableCheckpoint checkpoint : manifest.tables()) {
            restore(checkpoint);
        }
        this.registry = new SnapshotRegistry(new Root(lastCommit, catalog, tables), timeline);
    }

    private void restore(TableCheckpoint checkpoint) {
        TableDefinition definition = catalog.table(checkpoint.tableId());
        if (definition == null) {
            throw new BasaltException(
                    ErrorCode.MANIFEST_CORRUPT,
                    "the manifest holds rows of table number "
                            + checkpoint.tableId()
                            + ", which its catalog does not know");
        }
        RowStore delta = RowStore.delta(definition, checkpoint.firstSequence());
        RowBytes.readWithLives(
                new ByteReader(
                        checkpoint.delta(),
                        0,
                        checkpoint.delta().length,
                        ErrorCode.MANIFEST_CORRUPT,
                        "the manifest's delta of " + definition.qualifiedName()),
                delta);
        List<PartState> parts = new ArrayList<>();
        checkpoint.parts().forEach(part -> parts.add(restored(part)));
        List<TableHistory.Gone> gone = new ArrayList<>();
        for (TableCheckpoint.GonePartCheckpoint part : checkpoint.goneParts()) {
            gone.add(new TableHistory.Gone(restored(part.part()), part.goneAt()));
        }
        TableHistory history = new TableHistory(checkpoint.historyFloor(), gone);
        historyCount += history.isKept() ? 1 : 0;
        Map<Integer, DistinctSketch> sketches = new HashMap<>();
        for (TableCheckpoint.ColumnSketch sketch : checkpoint.sketches()) {
            sketches.put(sketch.columnId(), DistinctSketch.fromBytes(sketch.sketch()));
        }
        deltas.put(definition.id(), delta);
        deltaBytes.addAndGet(delta.sizeBytes());
        tokens.put(definition.id(), TokenLedger.of(checkpoint.tokens()));
        TableState state =
                new TableState(
                                definition,
                                checkpoint.structureCommit(),
                                delta.view(),
                                PartList.of(parts, sketches))
                        .withHistory(history);
        // What was changed before counts as changed by now, so that its history is looked after.
        set(history.isKept() ? state.changedAt(lastCommit) : state);
    }

    private PartState restored(TableCheckpoint.PartCheckpoint part) {
        DeleteVector base =
                part.deleteVector().length == 0
                        ? DeleteVector.none()
                        : DeleteVector.deserialize(part.deleteVector());
        return new PartState(
                part.summary(),
                part.addedAt(),
                DeathList.of(base, part.deadRows(), part.deaths()),
                handle(part.summary().id()));
    }

    /// A handle on the file of a part. Any thread.
    PartHandle handle(PartId id) {
        return new PartHandle(disk, id, keys, openParts);
    }

    static List<Type> types(TableDefinition definition) {
        Type[] types = new Type[definition.columns().size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = definition.columns().get(i).type();
        }
        return List.of(types);
    }

    /// Any thread.
    SnapshotRegistry registry() {
        return registry;
    }

    /// Part files that stay, whatever the tables say. Any thread.
    PartHolds holds() {
        return holds;
    }

    /// Any thread.
    public DatabaseSnapshot snapshot() {
        return registry.open();
    }

    /// A table or view id that was never given before. Any thread.
    int newId() {
        return nextId.getAndIncrement();
    }

    /// Any thread.
    int nextId() {
        return nextId.get();
    }

    /// The table's idempotency tokens; of a table that is gone, none. Any thread.
    TokenLedger tokens(int tableId) {
        TokenLedger ledger = tokens.get(tableId);
        return ledger == null ? new TokenLedger() : ledger;
    }

    /// Bytes of all deltas. Any thread.
    long deltaBytes() {
        return deltaBytes.get();
    }

    /// What is kept in memory of rows and of parts. Any thread.
    ///
    /// @param deltaLimitBytes what all deltas may hold
    public List<MemoryUse> memory(long deltaLimitBytes) {
        return List.of(
                new MemoryUse("deltas", deltaBytes(), deltaLimitBytes),
                keys.memory(),
                openParts.memory());
    }

    /// The commit of the newest manifest. Any thread.
    public long manifestCommit() {
        return manifestCommit;
    }

    /// @param columns [#addedColumns] as it was before the manifest's root was taken
    void checkpointed(long commit, long columns) {
        manifestCommit = commit;
        checkpointedColumns = columns;
    }

    long addedColumns() {
        return addedColumns;
    }

    /// Columns of parts that only the log tells of. Any thread.
    long loggedColumns() {
        return addedColumns - checkpointedColumns;
    }

    Disk disk() {
        return disk;
    }

    public long lastCommit() {
        return lastCommit;
    }

    Catalog catalog() {
        return catalog;
    }

    @Nullable TableState table(int tableId) {
        return tables.get(tableId);
    }

    private TableState existing(int tableId) {
        TableState state = tables.get(tableId);
        if (state == null) {
            throw new BasaltException(
                    ErrorCode.LOG_CORRUPT,
                    "the log changes table number " + tableId + ", which does not exist");
        }
        return state;
    }

    private RowStore delta(int tableId) {
        RowStore delta = deltas.get(tableId);
        if (delta == null) {
            throw new AssertionError("table number " + tableId + " has no delta");
        }
        return delta;
    }

    private void set(TableState state) {
        tables = tables.with(state.definition().id(), state);
    }

    /// The catalog after one more change of a definition; other records leave it as it is.
    static Catalog changed(Catalog catalog, LogRecord record) {
        return switch (record) {
            case LogRecord.CreateSchema(String name) -> catalog.withSchema(name);
            case LogRecord.DropSchema(String name) -> catalog.withoutSchema(name);
            case LogRecord.CreateTable(TableDefinition definition) -> catalog.withTable(definition);
            case LogRecord.AlterTable(TableDefinition definition) ->
                    catalog.withAltered(definition);
            case LogRecord.DropTable(int tableId) -> catalog.withoutTable(tableId);
            case LogRecord.CreateView(var definition) -> catalog.withView(definition);
            case LogRecord.DropView(String schema, String name) ->
                    catalog.withoutView(schema, name);
            case LogRecord.CreateMacro(var definition) -> catalog.withMacro(definition);
            case LogRecord.DropMacro(String schema, String name) ->
                    catalog.withoutMacro(schema, name);
            case LogRecord.CreateType(var type) -> catalog.withType(type);
            case LogRecord.DropType(String name) -> catalog.withoutType(name);
            case LogRecord.CommentOn(var comment) -> catalog.withComment(comment);
            case LogRecord.Truncate _,
                    LogRecord.DropPartition _,
                    LogRecord.Rows _,
                    LogRecord.PartsAdded _,
                    LogRecord.Sealed _,
                    LogRecord.Merged _,
                    LogRecord.DeletedFromPart _,
                    LogRecord.DeletedFromDelta _,
                    LogRecord.PartForgotten _,
                    LogRecord.HistoryForgotten _,
                    LogRecord.TokenUsed _ ->
                    catalog;
        };
    }

    /// Carries a commit of the log out again.
    public void replay(CommitBytes.Commit commit) {
        for (LogRecord record : commit.records()) {
            apply(record, commit.commit());
        }
        lastCommit = commit.commit();
        recorded(commit.commit(), commit.wallMicros());
    }

    @Override
    public void recorded(long commit, long wallMicros) {
        recordedMicros = wallMicros;
        if (historyCount > 0) {
            timeline.add(commit, wallMicros);
        } else if (timeline.size() > 0) {
            timeline.clear();
        }
    }

    /// The wall time beside the newest commit in the log, 0 before the first. Any thread.
    long recordedMicros() {
        return recordedMicros;
    }

    /// Publishes what was replayed; before the first snapshot.
    public void publishReplayed() {
        publish(lastCommit);
    }

    void apply(LogRecord record, long commit) {
        catalog = changed(catalog, record);
        switch (record) {
            case LogRecord.CreateTable(TableDefinition definition) -> create(definition, commit);
            case LogRecord.AlterTable(TableDefinition definition) -> alter(definition, commit);
            case LogRecord.DropTable(int tableId) -> drop(tableId, commit);
            case LogRecord.Truncate(int tableId) -> truncate(tableId, commit);
            case LogRecord.DropPartition(int tableId, List<Value> partition) ->
                    dropPartition(tableId, partition, commit);
            case LogRecord.CreateView(var definition) -> claim(definition.id());
            case LogRecord.Rows rows -> appendRows(rows, commit);
            case LogRecord.PartsAdded(int tableId, List<PartSummary> parts) ->
                    addParts(tableId, parts, commit);
            case LogRecord.Sealed(int tableId, long through, List<PlacedPart> parts) ->
                    seal(tableId, through, parts, commit);
            case LogRecord.Merged(int tableId, List<PartId> sources, List<PlacedPart> results) ->
                    merge(tableId, sources, results, commit);
            case LogRecord.DeletedFromPart(int tableId, PartId part, int[] rows) ->
                    deleteFromPart(tableId, part, rows, commit);
            case LogRecord.DeletedFromDelta(int tableId, long[] sequences) ->
                    deleteFromDelta(tableId, sequences, commit);
            case LogRecord.PartForgotten(int tableId, PartId part) -> {
                merge(tableId, List.of(part), List.of(), commit);
                TableState left = existing(tableId).changedAt(commit);
                // What the part held of the past is lost too.
                set(left.history().isKept() ? begunAnew(left, commit) : left);
            }
            case LogRecord.HistoryForgotten(int tableId, long floor) -> {
                TableState state = existing(tableId);
                retire(state.history().before(floor), commit);
                set(state.withHistory(state.history().forgotten(floor)));
            }
            case LogRecord.TokenUsed(int tableId, var token) -> {
                existing(tableId);
                tokens(tableId).add(token, commit);
            }
            case LogRecord.CreateSchema _, LogRecord.DropSchema _, LogRecord.DropView _ -> {}
            case LogRecord.CreateMacro _, LogRecord.DropMacro _, LogRecord.CommentOn _ -> {}
            case LogRecord.CreateType _, LogRecord.DropType _ -> {}
        }
    }

    private void claim(int id) {
        nextId.accumulateAndGet(id + 1, Math::max);
    }

    private void create(TableDefinition definition, long commit) {
        claim(definition.id());
        RowStore delta = RowStore.delta(definition, 0);
        deltas.put(definition.id(), delta);
        deltaBytes.addAndGet(delta.sizeBytes());
        tokens.put(definition.id(), new TokenLedger());
        TableState state = new TableState(definition, commit, delta.view(), PartList.EMPTY);
        set(definition.historyMicros() > 0 ? keeping(state, commit) : state);
    }

    /// With a history that begins with that commit.
    private TableState keeping(TableState state, long commit) {
        historyCount++;
        return state.withHistory(TableHistory.from(commit));
    }

    /// With a history that begins anew with that commit.
    private TableState begunAnew(TableState state, long commit) {
        retire(state.history().allParts(), commit);
        return state.withHistory(TableHistory.from(commit));
    }

    /// Rows in memory are brought up to date at once, parts when they are read or merged.
    private void alter(TableDefinition definition, long commit) {
        TableState state = altered(existing(definition.id()), definition, commit);
        RowStore old = delta(definition.id());
        RowStore altered =
                isWrittenAnew(state, commit) && old.view().deadCount() == old.rowCount()
                        ? RowStore.delta(definition, old.nextSequence())
                        : old.altered(state.definition(), definition);
        deltaBytes.addAndGet(altered.sizeBytes() - old.sizeBytes());
        deltas.put(definition.id(), altered);
        set(state.withDefinition(definition, altered.view()));
    }

    /// Whether the rows of before went in this very commit, to come again under another definition: one that cannot show them as they were.
    private static boolean isWrittenAnew(TableState state, long commit) {
        return state.history().isKept() && state.structureCommit() == commit;
    }

    private TableState altered(TableState state, TableDefinition definition, long commit) {
        boolean keeps = definition.historyMicros() > 0;
        if (keeps && !state.history().isKept()) {
            return keeping(state, commit);
        }
        if (!keeps && state.history().isKept()) {
            retire(state.history().allParts(), commit);
            historyCount--;
            return state.withHistory(TableHistory.NONE);
        }
        return isWrittenAnew(state, commit) ? begunAnew(state, commit) : state;
    }

    private void drop(int tableId, long commit) {
        TableState state = existing(tableId);
        retire(state.parts().all(), commit);
        retire(state.history().allParts(), commit);
        historyCount -= state.history().isKept() ? 1 : 0;
        deltaBytes.addAndGet(-delta(tableId).sizeBytes());
        deltas.remove(tableId);
        relocations.remove(tableId);
        tokens.remove(tableId);
        tables = tables.with(tableId, null);
    }

    private void truncate(int tableId, long commit) {
        TableState state = existing(tableId);
        if (state.history().isKept()) {
            relocations.remove(tableId);
            takeAway(state, state.parts().all(), SortOrder.all(state.delta()), commit);
            return;
        }
        retire(state.parts().all(), commit);
        RowStore old = delta(tableId);
        RowStore empty = RowStore.delta(state.definition(), old.nextSequence());
        deltaBytes.addAndGet(empty.sizeBytes() - old.sizeBytes());
        deltas.put(tableId, empty);
        relocations.remove(tableId);
        set(new TableState(state.definition(), commit, empty.view(), PartList.EMPTY));
    }

    /// Its parts go as they are, its rows in memory die one by one.
    private void dropPartition(int tableId, List<Value> partition, long commit) {
        TableState state = existing(tableId);
        takeAway(
                state,
                state.parts().of(partition),
                PartitionValues.rows(state.delta(), state.definition(), partition),
                commit);
    }

    /// Takes parts as a whole, and rows of the delta one by one.
    private void takeAway(TableState state, List<PartState> parts, int[] rows, long commit) {
        TableHistory history = state.history();
        if (history.isKept()) {
            history = history.plus(parts, commit);
        } else {
            retire(parts, commit);
        }
        RowStore delta = delta(state.definition().id());
        long before = delta.sizeBytes();
        DeltaView view = delta.view();
        for (int row : rows) {
            long sequence = view.sequence(row);
            if (view.death(sequence) == 0) {
                delta.delete(sequence, commit);
            }
        }
        deltaBytes.addAndGet(delta.sizeBytes() - before);
        set(
                new TableState(
                                state.definition(),
                                commit,
                                delta.view(),
                                state.parts().without(parts))
                        .withHistory(history));
    }

    private void retire(List<PartState> parts, long commit) {
        synchronized (retired) {
            for (PartState part : parts) {
                retired.add(new Retired(commit, part.handle()));
            }
        }
    }

    /// What rows in the log are of, for messages.
    private record RowsOf(TableDefinition table, long commit) {
        @Override
        public String toString() {
            return "rows of " + table.qualifiedName() + " in commit " + commit;
        }
    }

    private void appendRows(LogRecord.Rows rows, long commit) {
        TableState state = existing(rows.tableId());
        RowStore delta = delta(rows.tableId());
        long before = delta.sizeBytes();
        RowBytes.read(
                new ByteReader(
                        rows.columns(),
                        0,
                        rows.columns().length,
                        ErrorCode.LOG_CORRUPT,
                        new RowsOf(state.definition(), commit)),
                delta,
                commit);
        deltaBytes.addAndGet(delta.sizeBytes() - before);
        set(state.withRows(delta.view(), commit));
    }

    void appendRows(int tableId, DeltaView rows, long commit) {
        RowStore delta = delta(tableId);
        long before = delta.sizeBytes();
        delta.appendAll(rows, commit);
        deltaBytes.addAndGet(delta.sizeBytes() - before);
        set(existing(tableId).withRows(delta.view(), commit));
    }

    void addParts(int tableId, List<PartSummary> added, long commit) {
        TableState state = existing(tableId);
        added.forEach(part -> wrote(tableId, new WrittenBytes(part.sizeBytes(), 0)));
        List<PartState> parts = new ArrayList<>();
        for (PartSummary part : added) {
            parts.add(new PartState(part, commit, DeathList.NONE, handle(part.id())));
        }
        countColumns(state, added.size());
        set(state.withParts(state.parts().plus(parts)).changedAt(commit));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void countColumns(TableState state, int parts) {
        addedColumns += (long) parts * state.definition().columns().size();
    }

    private void wrote(int tableId, WrittenBytes bytes) {
        written.merge(tableId, bytes, WrittenBytes::plus);
    }

    /// What was written for a table. Any thread.
    public WrittenBytes written(int tableId) {
        return written.getOrDefault(tableId, WrittenBytes.NOTHING);
    }

    void seal(int tableId, long throughSequence, List<PlacedPart> placed, long commit) {
        placed.forEach(part -> wrote(tableId, new WrittenBytes(part.summary().sizeBytes(), 0)));
        RowStore delta = delta(tableId);
        long before = delta.sizeBytes();
        delta.dropThrough(throughSequence);
        deltaBytes.addAndGet(delta.sizeBytes() - before);
        TableState state = existing(tableId);
        countColumns(state, placed.size());
        set(state.withDelta(delta.view()).withParts(state.parts().plus(placed(placed, commit))));
    }

    void merge(int tableId, List<PartId> sources, List<PlacedPart> results, long commit) {
        TableState state = existing(tableId);
        List<PartState> gone = new ArrayList<>();
        for (PartId source : sources) {
            PartState part = state.parts().find(source);
            if (part == null) {
                throw new BasaltException(
                        ErrorCode.LOG_CORRUPT,
                        "commit " + commit + " merges part " + source + ", which does not exist");
            }
            gone.add(part);
        }
        results.forEach(part -> wrote(tableId, new WrittenBytes(0, part.summary().sizeBytes())));
        retire(gone, commit);
        countColumns(state, results.size());
        set(state.withParts(state.parts().replaced(sources, placed(results, commit))));
    }

    private List<PartState> placed(List<PlacedPart> placed, long commit) {
        List<PartState> parts = new ArrayList<>();
        for (PlacedPart part : placed) {
            parts.add(
                    new PartState(
                            part.summary(),
                            commit,
                            DeathList.of(DeleteVector.none(), part.deadRows(), part.deaths()),
                            handle(part.summary().id())));
        }
        return parts;
    }

    void deleteFromPart(int tableId, PartId part, int[] rows, long commit) {
        long read = registry == null ? 0 : registry.floor();
        long floor = Math.min(existing(tableId).floor(read), commit - 1);
        set(
                existing(tableId)
                        .withDeaths(
                                part,
                                deaths -> {
                                    DeathList more = deaths.plus(rows, rows.length, commit);
                                    return more.isWorthFolding(floor) ? more.folded(floor) : more;
                                })
                        .changedAt(commit));
    }

    void deleteFromDelta(int tableId, long[] sequences, long commit) {
        RowStore delta = delta(tableId);
        long before = delta.sizeBytes();
        for (long sequence : sequences) {
            delta.delete(sequence, commit);
        }
        deltaBytes.addAndGet(delta.sizeBytes() - before);
        set(existing(tableId).withRows(delta.view(), commit));
    }

    Relocations relocations(int tableId) {
        return relocations.computeIfAbsent(tableId, _ -> new Relocations());
    }

    /// Makes everything that was applied visible, and forgets the maps that nobody can need.
    @Override
    public void publish(long commit) {
        lastCommit = commit;
        registry.publish(new Root(commit, catalog, tables));
        if (!relocations.isEmpty()) {
            long floor = registry.floor();
            relocations.values().forEach(maps -> maps.forgetThrough(floor));
        }
    }

    /// The next part whose file no snapshot can reach, or null. Any thread.
    @Nullable Retired nextToPurge() {
        long floor = registry.floor();
        synchronized (retired) {
            Retired first = retired.peekFirst();
            return first != null && first.commit <= floor ? retired.pollFirst() : null;
        }
    }

    /// Gives a part back that could not be purged. Any thread.
    void purgeLater(Retired part) {
        synchronized (retired) {
            retired.addFirst(part);
        }
    }

    /// All parts of the newest root and of those before it that are still being read. Any thread.
    Set<PartId> knownParts() {
        Set<PartId> known = new HashSet<>();
        for (TableState table : registry.current().tables().all()) {
            table.allParts().forEach(part -> known.add(part.id()));
        }
        synchronized (retired) {
            for (Retired part : retired) {
                known.add(part.handle().id());
            }
        }
        return known;
    }

    /// Whether [#knownParts] holds it. Any thread.
    boolean knowsPart(PartId id) {
        for (TableState table : registry.current().tables().all()) {
            if (table.parts().find(id) != null
                    || table.history().allParts().stream().anyMatch(part -> part.id().equals(id))) {
                return true;
            }
        }
        synchronized (retired) {
            return retired.stream().anyMatch(part -> part.handle().id().equals(id));
        }
    }

    /// Paths of the files of all parts that the newest root names, and of those that are held. Any thread.
    public Set<String> partPaths() {
        Set<String> paths = new HashSet<>();
        holds.all().forEach(part -> paths.add(part.path()));
        knownParts().forEach(part -> paths.add(part.path()));
        return paths;
    }

    /// The newest commit that readers see. Any thread.
    public long visibleCommit() {
        return registry.current().commit();
    }

    /// Closes every open part; nothing may be read any more.
    public void closeParts() {
        for (TableState table : registry.current().tables().all()) {
            table.allParts().forEach(part -> part.handle().close());
        }
        synchronized (retired) {
            for (Retired part : retired) {
                part.handle().close();
            }
        }
    }
}
