package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Inserts whose rows are written beforehand, by any number of writers over any time, and become visible all at once: what a distributed engine
/// needs to load exactly once. Safe for use by many threads; each [writer][StagedWriter] for one.
///
/// A writer's parts stand under their final names. A file `staging/<ingest>.begun` says that an ingest is under way and until when, a file
/// `staging/<ingest>.<task>.task` which parts a finished writer has written: so both outlive the process. The commit is one record of the log
/// over all tables, with the insert token that makes it safe to send again. Whatever is not committed goes with abort or expiry; parts of writers that never
/// finished go with the next opening.
public final class StagedIngests {
    static final int MAX_INGESTS = 256;
    static final int MAX_TASKS = 10_000;
    static final int MAX_TASK_CHARACTERS = 100;
    static final long MAX_MILLIS = 7L * 24 * 60 * 60 * 1000;

    private static final String DIRECTORY = "staging";
    private static final String BEGUN = ".begun";
    private static final String TASK = ".task";

    /// What a finished writer has written.
    private record Task(StagedTask name, int schemaVersion, List<PartSummary> parts) {}

    private record Ingest(UUID id, long expiresMicros, Map<String, Task> tasks) {
        List<PartId> parts() {
            return tasks.values().stream()
                    .flatMap(task -> StagedWriter.ids(task.parts).stream())
                    .toList();
        }
    }

    private final TransactionContext context;
    private final Disk disk;
    // Guarded by this.
    private final Map<UUID, Ingest> ingests = new LinkedHashMap<>();
    // Those whose commit is under way; guarded by this.
    private final Set<UUID> committing = new LinkedHashSet<>();

    /// Takes over the ingests of an earlier process; before the first part file is deleted.
    public StagedIngests(TransactionContext context) {
        this.context = context;
        this.disk = context.state().disk();
        List<String> names = disk.list(DIRECTORY);
        for (String name : names) {
            if (name.endsWith(BEGUN)) {
                takeOver(name);
            }
        }
        for (String name : names) {
            if (name.endsWith(TASK)) {
                takeOverTask(name);
            }
        }
    }

    private void takeOver(String name) {
        ByteReader in = NoteFile.read(disk, DIRECTORY, name);
        if (in == null) {
            NoteFile.delete(disk, DIRECTORY, name);
            return;
        }
        UUID id = new UUID(in.getLong(), in.getLong());
        long expiresMicros = in.getLong();
        in.expectEnd();
        ingests.put(id, new Ingest(id, expiresMicros, new LinkedHashMap<>()));
    }

    private void takeOverTask(String name) {
        ByteReader in = NoteFile.read(disk, DIRECTORY, name);
        Task task = in == null ? null : read(in);
        Ingest ingest = task == null ? null : ingests.get(task.name.ingest());
        if (task == null || ingest == null) {
            NoteFile.delete(disk, DIRECTORY, name); // cut off, or its ingest is over
            return;
        }
        ingest.tasks.put(task.name.task(), task);
        context.state().holds().hold(StagedWriter.ids(task.parts));
    }

    private static Task read(ByteReader in) {
        UUID id = new UUID(in.getLong(), in.getLong());
        String name = in.getString();
        long rowCount = in.getLong();
        int schemaVersion = in.getInt();
        byte[] blob = in.getBlob();
        in.expectEnd();
        List<LogRecord> records =
                CommitBytes.read(0, blob, 0, blob.length, "parts of a staged ingest").records();
        if (records.size() == 1
                && records.getFirst()
                        instanceof LogRecord.PartsAdded(int tableId, List<PartSummary> parts)) {
            return new Task(
                    new StagedTask(id, tableId, name, rowCount, parts.size()),
                    schemaVersion,
                    parts);
        }
        throw in.damaged("the records", "one list of parts", records.size());
    }

    private static void put(ByteWriter out, UUID id) {
        out.putLong(id.getMostSignificantBits());
        out.putLong(id.getLeastSignificantBits());
    }

    private static String taskFile(UUID id, String task) {
        return id + "." + task + TASK;
    }

    /// Begins an ingest, which is dropped unless it is committed within that time. Durable when it returns.
    ///
    /// @throws BasaltException INVALID_PARAMETER for more than 7 days; CONFIGURATION_LIMIT where 256 are under way
    public UUID begin(long millis) {
        if (millis <= 0 || millis > MAX_MILLIS) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "a staged ingest lasts 1 to " + MAX_MILLIS + " milliseconds, not " + millis);
        }
        UUID id = context.newPartId().uuid();
        Ingest ingest =
                new Ingest(id, context.steadyMicros() + millis * 1000, new LinkedHashMap<>());
        ByteWriter out = new ByteWriter(64);
        put(out, id);
        out.putLong(ingest.expiresMicros);
        synchronized (this) {
            if (ingests.size() >= MAX_INGESTS) {
                throw new BasaltException(
                        ErrorCode.CONFIGURATION_LIMIT,
                        MAX_INGESTS
                                + " staged ingests are under way, and there cannot be more; commit or abort one");
            }
            NoteFile.write(disk, DIRECTORY, id + BEGUN, out);
            ingests.put(id, ingest);
        }
        return id;
    }

    /// Those that are under way and have not expired.
    public synchronized List<StagedIngest> all() {
        long now = context.steadyMicros();
        return ingests.values().stream()
                .filter(ingest -> ingest.expiresMicros > now)
                .map(ingest ->
                        new StagedIngest(
                                ingest.id,
                                ingest.expiresMicros,
                                ingest.tasks.values().stream().map(Task::name).toList()))
                .toList();
    }

    private synchronized Ingest valid(UUID id) {
        Ingest ingest = ingests.get(id);
        if (ingest == null || ingest.expiresMicros <= context.steadyMicros()) {
            throw new BasaltException(
                    ErrorCode.LEASE_EXPIRED,
                    "staged ingest "
                            + id
                            + " has expired, or was committed or aborted; begin another and write the rows again");
        }
        return ingest;
    }

    /// A writer of rows into one table.
    ///
    /// @param task a name of letters, digits, `-` and `_` that no other writer of the ingest has
    /// @throws BasaltException LEASE_EXPIRED, UNDEFINED_TABLE, INVALID_PARAMETER
    public StagedWriter writer(UUID id, int tableId, String task) {
        valid(id);
        if (!task.matches("[A-Za-z0-9_-]{1," + MAX_TASK_CHARACTERS + "}")) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "the name of a task has 1 to "
                            + MAX_TASK_CHARACTERS
                            + " letters, digits, - and _, unlike '"
                            + task
                            + "'");
        }
        TableDefinition definition;
        try (PinnedSnapshot pin = context.state().registry().open()) {
            definition = pin.state(tableId).definition();
        }
        return new StagedWriter(
                context, definition, parts -> finished(id, definition, task, parts));
    }

    private StagedTask finished(
            UUID id, TableDefinition definition, String task, List<PartSummary> parts) {
        long rows = parts.stream().mapToLong(PartSummary::rowCount).sum();
        Task written =
                new Task(
                        new StagedTask(id, definition.id(), task, rows, parts.size()),
                        definition.schemaVersion(),
                        parts);
        ByteWriter records = new ByteWriter(1 << 10);
        CommitBytes.begin(records, 0);
        CommitBytes.put(records, new LogRecord.PartsAdded(definition.id(), parts));
        ByteWriter out = new ByteWriter(1 << 10);
        put(out, id);
        out.putString(task);
        out.putLong(rows);
        out.putInt(written.schemaVersion);
        out.putBlob(records.toByteArray());
        synchronized (this) {
            Ingest ingest = valid(id);
            if (ingest.tasks.containsKey(task)) {
                throw new BasaltException(
                        ErrorCode.DUPLICATE_OBJECT,
                        "a writer called "
                                + task
                                + " has finished already; give each attempt a name of its own");
            }
            if (ingest.tasks.size() >= MAX_TASKS) {
                throw new BasaltException(
                        ErrorCode.CONFIGURATION_LIMIT,
                        "a staged ingest has at most "
                                + MAX_TASKS
                                + " tasks; write more rows with each");
            }
            NoteFile.write(disk, DIRECTORY, taskFile(id, task), out);
            context.state().holds().hold(StagedWriter.ids(parts));
            ingest.tasks.put(task, written);
        }
        return written.name;
    }

    /// What the finished writers of the ingest have written.
    ///
    /// @throws BasaltException LEASE_EXPIRED
    public synchronized List<StagedTask> tasks(UUID id) {
        return valid(id).tasks.values().stream().map(Task::name).toList();
    }

    /// Makes the rows of these tasks visible, in one commit over all their tables; those of others are dropped. Sent again under the same token it does
    /// nothing. Refused, everything stays as it was, so that it can be tried again; a conflict with a transaction that came first is.
    ///
    /// @param token of each of the tables
    /// @return the rows that were inserted
    /// @throws BasaltException LEASE_EXPIRED; UNDEFINED_OBJECT for a task that has not finished; INVALID_DEFINITION where a table was
    ///     changed since; UNIQUE_VIOLATION; SERIALIZATION_FAILURE; TOKEN_REUSED; COMPLETION_UNKNOWN
    public long commit(UUID id, InsertToken token, Collection<String> tasks) {
        List<Task> chosen;
        synchronized (this) {
            Ingest ingest = ingests.get(id);
            if (ingest == null) {
                return repeated(id, token);
            }
            chosen = chosen(valid(id), tasks);
            if (!committing.add(id)) {
                throw new BasaltException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "staged ingest " + id + " is being committed");
            }
        }
        try {
            long rows = commit(token, chosen);
            dropCommitted(id);
            return rows;
        } finally {
            synchronized (this) {
                committing.remove(id);
            }
        }
    }

    /// The ingest is over: perhaps it was this commit that ended it.
    private long repeated(UUID id, InsertToken token) {
        try (OpenTransaction transaction = new OpenTransaction(context)) {
            long rows = 0;
            boolean used = false;
            for (TableDefinition table : transaction.catalog().tables()) {
                UsedToken known = transaction.usedToken(table.id(), token.name());
                if (known != null) {
                    rows += token.repeat(known, table);
                    used = true;
                }
            }
            if (used) {
                return rows;
            }
        }
        valid(id);
        throw new AssertionError("an ingest that nobody knows is valid");
    }

    private static List<Task> chosen(Ingest ingest, Collection<String> names) {
        List<Task> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            Task task = ingest.tasks.get(name);
            if (task == null) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_OBJECT,
                        "staged ingest " + ingest.id + " has no finished task " + name);
            }
            chosen.add(task);
        }
        return chosen;
    }

    private long commit(InsertToken token, List<Task> tasks) {
        Map<Integer, List<Task>> byTable = new LinkedHashMap<>();
        tasks.forEach(task ->
                byTable.computeIfAbsent(task.name.tableId(), _ -> new ArrayList<>()).add(task));
        try (OpenTransaction transaction = new OpenTransaction(context)) {
            long total = 0;
            boolean repeats = false;
            for (Map.Entry<Integer, List<Task>> table : byTable.entrySet()) {
                UsedToken known = transaction.usedToken(table.getKey(), token.name());
                long rows = table.getValue().stream().mapToLong(task -> task.name.rowCount()).sum();
                if (known != null) {
                    TableDefinition definition = transaction.catalog().table(table.getKey());
                    assert definition != null;
                    total += token.repeat(known, definition);
                    repeats = true;
                    continue;
                }
                for (Task task : table.getValue()) {
                    transaction.adopt(table.getKey(), task.schemaVersion, task.parts);
                }
                transaction.inserted(table.getKey(), token, rows);
                total += rows;
            }
            if (!repeats) {
                transaction.commit();
            }
            return total;
        }
    }

    private void dropCommitted(UUID id) {
        try {
            drop(id);
        } catch (BasaltException ignored) {
            // the rows are there; what is left of the ingest goes when it expires, or with the next
            // opening
        }
    }

    /// Drops an ingest with all that was written; one that is not known is no mistake.
    ///
    /// @throws BasaltException INVALID_TRANSACTION_STATE while it is being committed
    public void abort(UUID id) {
        synchronized (this) {
            if (committing.contains(id)) {
                throw new BasaltException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "staged ingest " + id + " is being committed");
            }
        }
        drop(id);
    }

    /// First the file without which the others mean nothing.
    private synchronized void drop(UUID id) {
        Ingest ingest = ingests.get(id);
        if (ingest == null) {
            return;
        }
        NoteFile.delete(disk, DIRECTORY, id + BEGUN);
        ingests.remove(id);
        context.letGo(ingest.parts());
        for (String task : ingest.tasks.keySet()) {
            disk.delete(DIRECTORY + "/" + taskFile(id, task));
        }
    }

    synchronized boolean hasExpired() {
        long now = context.steadyMicros();
        return ingests.values().stream()
                .anyMatch(ingest -> ingest.expiresMicros <= now && !committing.contains(ingest.id));
    }

    /// Drops what has expired.
    synchronized void expire() {
        long now = context.steadyMicros();
        for (Ingest ingest : List.copyOf(ingests.values())) {
            if (ingest.expiresMicros <= now && !committing.contains(ingest.id)) {
                drop(ingest.id);
            }
        }
    }
}
