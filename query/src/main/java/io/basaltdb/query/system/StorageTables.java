package io.basaltdb.query.system;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.table.BackgroundJob;
import io.basaltdb.storage.table.LogFile;
import io.basaltdb.storage.table.MemoryUse;
import io.basaltdb.storage.table.SnapshotLease;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.StagedIngest;
import io.basaltdb.storage.table.StagedTask;
import io.basaltdb.storage.table.StoredPart;
import io.basaltdb.storage.table.TableSnapshot;
import io.basaltdb.storage.type.Value;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tables of `system` that tell how rows are stored: parts, background work, log, memory, and what other engines read and write.
final class StorageTables {
    /// What the rows that are in no part yet are called.
    private static final String DELTA = "delta";

    private StorageTables() {}

    /// The parts of each table, and as one more of the kind `delta` its rows that are in none yet.
    static List<List<Value>> parts(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (TableDefinition table : SystemTables.definitions(context)) {
            TableSnapshot snapshot = context.snapshot().table(table.id());
            Map<String, StoredPart> stored = new HashMap<>();
            for (StoredPart part : snapshot.parts()) {
                stored.put(part.name(), part);
            }
            for (Split split : snapshot.splits()) {
                rows.add(row(table, split, stored.get(split.name())));
            }
        }
        return rows;
    }

    private static List<Value> row(TableDefinition table, Split split, @Nullable StoredPart part) {
        List<Value> row = new ArrayList<>();
        row.add(Value.of(table.schema()));
        row.add(Value.of(table.name()));
        row.add(Value.of(split.name()));
        row.add(Value.of(split.name().equals(DELTA) ? DELTA : "part"));
        row.addAll(counts(split));
        if (part == null) {
            for (int i = 0; i < 6; i++) {
                row.add(Value.NULL);
            }
            return row;
        }
        row.add(Value.of(part.deadCount()));
        row.add(Value.of(part.sizeBytes()));
        row.add(part.partition().isEmpty() ? Value.NULL : Value.of(partition(table, part)));
        row.add(Value.of(part.minBirth()));
        row.add(Value.of(part.maxBirth()));
        row.add(Value.of(part.addedAt()));
        return row;
    }

    /// Granules, rows and what is wrong; a part that cannot be opened has no counts.
    private static List<Value> counts(Split split) {
        try {
            long rowCount = 0;
            for (int g = 0; g < split.granuleCount(); g++) {
                rowCount += split.rowCount(g);
            }
            String damage = split.damage();
            return List.of(
                    Value.of(split.granuleCount()),
                    Value.of(rowCount),
                    damage == null ? Value.NULL : Value.of(damage));
        } catch (BasaltException damage) {
            return List.of(Value.NULL, Value.NULL, Value.of(damage.text()));
        }
    }

    private static String partition(TableDefinition table, StoredPart part) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < part.partition().size(); i++) {
            int column = table.positionOf(table.partitionBy().get(i).columnId());
            texts.add(
                    ValueText.format(
                            part.partition().get(i),
                            table.columns().get(column).type(),
                            ZoneOffset.UTC));
        }
        return String.join(", ", texts);
    }

    /// Seals, merges and checkpoints: those that have ended, then those that are under way.
    static List<List<Value>> merges(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (BackgroundJob.Ended ended : context.endedJobs()) {
            List<Value> row = begun(context, ended.job());
            boolean failed = !ended.failure().isEmpty();
            row.add(3, Value.of(failed ? "failed" : "finished"));
            row.add(5, Value.of(ended.elapsedMicros()));
            row.add(Value.of(ended.result().rowCount()));
            row.add(Value.of(ended.result().sizeBytes()));
            row.add(failed ? Value.of(ended.failure()) : Value.NULL);
            rows.add(row);
        }
        for (BackgroundJob job : context.backgroundJobs()) {
            if (job.kind() != BackgroundJob.Kind.PURGE) {
                List<Value> row = begun(context, job);
                row.add(3, Value.of("running"));
                row.add(5, Value.NULL);
                row.addAll(List.of(Value.NULL, Value.NULL, Value.NULL));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Value> begun(SystemContext context, BackgroundJob job) {
        TableDefinition table = context.snapshot().catalog().table(job.tableId());
        List<Value> row = new ArrayList<>();
        row.add(Value.of(job.kind().name().toLowerCase(Locale.ROOT)));
        row.add(table == null ? Value.NULL : Value.of(table.schema()));
        row.add(table == null ? Value.NULL : Value.of(table.name()));
        row.add(Value.of(job.startedMicros()));
        row.add(Value.of(job.source().partCount()));
        row.add(Value.of(job.source().rowCount()));
        row.add(Value.of(job.source().sizeBytes()));
        return row;
    }

    /// The files of the log, and why each is still there.
    static List<List<Value>> log(SystemContext context) {
        long manifest = context.manifestCommit();
        List<List<Value>> rows = new ArrayList<>();
        for (LogFile file : context.logFiles()) {
            String reason =
                    file.isWritten()
                            ? "being written"
                            : file.lastCommit() > manifest
                                    ? "commits after the manifest of commit " + manifest
                                    : "to be deleted with the next checkpoint";
            rows.add(
                    List.of(
                            Value.of(file.path()),
                            Value.of(file.sizeBytes()),
                            Value.of(file.lastCommit()),
                            Value.of(reason)));
        }
        return rows;
    }

    /// What other engines read: each table of each lease, and the commit at which its part files stay.
    static List<List<Value>> leases(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (SnapshotLease lease : context.leases()) {
            for (TableDefinition table : lease.tables()) {
                rows.add(
                        List.of(
                                Value.of(lease.id().toString()),
                                Value.of(table.schema()),
                                Value.of(table.name()),
                                Value.of(lease.commit()),
                                Value.of(lease.expiresMicros())));
            }
        }
        return rows;
    }

    /// What other engines write: the inserts that are neither committed nor given up, and what their writers have finished.
    static List<List<Value>> ingests(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (StagedIngest ingest : context.ingests()) {
            long parts = 0;
            long count = 0;
            for (StagedTask task : ingest.tasks()) {
                parts += task.partCount();
                count += task.rowCount();
            }
            rows.add(
                    List.of(
                            Value.of(ingest.id().toString()),
                            Value.of(ingest.expiresMicros()),
                            Value.of(ingest.tasks().size()),
                            Value.of(parts),
                            Value.of(count)));
        }
        return rows;
    }

    /// What takes memory, and how much of it each may take.
    static List<List<Value>> memory(SystemContext context) {
        List<List<Value>> rows = new ArrayList<>();
        for (MemoryUse use : context.memoryUse()) {
            rows.add(
                    List.of(
                            Value.of(use.name()),
                            Value.of(use.heldBytes()),
                            Value.of(use.limitBytes())));
        }
        return rows;
    }
}
