package io.basaltdb.storage;

import io.basaltdb.storage.table.BulkLimits;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/// How a database is run; everything that decides when work happens, so that tests can make it happen often.
///
/// @param durable whether a commit returns only when it is durable ('commit'), or as soon as the operating system has it ('os'); a table's
///     own `durability` option comes first
/// @param threading who does the work
/// @param random names parts
/// @param delta what is held in memory, and how long
/// @param bulk when an appender writes parts itself
/// @param log sizes of the log
/// @param merging which parts are merged
public record DatabaseOptions(
        boolean durable,
        Threading threading,
        RandomGenerator random,
        Delta delta,
        BulkLimits bulk,
        Log log,
        Merging merging) {
    private static final long MIB = 1L << 20;

    /// Who does the work.
    ///
    /// @param manual no threads: commits are carried out by the thread that commits, background work by [Database#backgroundStep]
    /// @param mergeThreads threads for background work
    /// @param factory makes the Committer's and the background threads
    public record Threading(boolean manual, int mergeThreads, ThreadFactory factory) {}

    /// Limits of the deltas.
    ///
    /// @param budgetBytes bytes that all deltas may hold; from 70 % on, writers are slowed
    /// @param throttleMillis longest that a writer is slowed before it fails
    /// @param sealBytes a delta of so many bytes is sealed
    /// @param sealRows a delta of so many rows is sealed
    public record Delta(long budgetBytes, long throttleMillis, long sealBytes, long sealRows) {}

    /// Sizes of the log.
    ///
    /// @param fileBytes of a log file, preallocated
    /// @param checkpointBytes with so many bytes of log a manifest is written and older log deleted
    /// @param checkpointDeltaBytes a larger delta is sealed before a manifest is written, a smaller one stands in it
    /// @param checkpointColumns with so many columns of new parts a manifest is written too, where it had half of them at most: to read them from
    ///     the log takes an open longer
    public record Log(
            long fileBytes,
            long checkpointBytes,
            long checkpointDeltaBytes,
            long checkpointColumns) {}

    /// Which parts are merged.
    ///
    /// @param maxPartBytes parts are not merged into larger ones
    /// @param fanIn parts of like size that are merged together
    public record Merging(long maxPartBytes, int fanIn) {}

    /// A share of the heap for the deltas, and the sizes that the design chose.
    public static DatabaseOptions defaults() {
        Runtime runtime = Runtime.getRuntime();
        return new DatabaseOptions(
                true,
                new Threading(
                        false,
                        Math.max(1, runtime.availableProcessors() / 2),
                        Thread.ofPlatform().daemon().name("basalt-background-", 0).factory()),
                RandomGenerator.of("SecureRandom"),
                new Delta(runtime.maxMemory() / 8, 30_000, 64 * MIB, 1 << 20),
                new BulkLimits(128 * MIB, 1 << 20, 16 * MIB, 1 << 18, runtime.maxMemory() / 16),
                new Log(16 * MIB, 64 * MIB, MIB, 100_000),
                new Merging(50L << 30, 4));
    }

    public DatabaseOptions withDurable(boolean value) {
        return new DatabaseOptions(value, threading, random, delta, bulk, log, merging);
    }

    /// No threads: the caller steps.
    public DatabaseOptions withManualSteps(RandomGenerator generator) {
        Threading none = new Threading(true, 0, threading.factory());
        return new DatabaseOptions(durable, none, generator, delta, bulk, log, merging);
    }

    public DatabaseOptions withMergeThreads(int count) {
        Threading given = new Threading(threading.manual(), count, threading.factory());
        return new DatabaseOptions(durable, given, random, delta, bulk, log, merging);
    }

    public DatabaseOptions withDeltaBudget(long bytes, long slowedMillis) {
        Delta given = new Delta(bytes, slowedMillis, delta.sealBytes(), delta.sealRows());
        return new DatabaseOptions(durable, threading, random, given, bulk, log, merging);
    }

    /// A delta of that size becomes parts.
    public DatabaseOptions withSeal(long bytes, long rows) {
        Delta given = new Delta(delta.budgetBytes(), delta.throttleMillis(), bytes, rows);
        return new DatabaseOptions(durable, threading, random, given, bulk, log, merging);
    }

    /// Appenders write parts of that size, and at their end from that size on.
    public DatabaseOptions withBulk(long bytes, long rows, long minBytes, long minRows) {
        BulkLimits given = new BulkLimits(bytes, rows, minBytes, minRows, 0);
        return new DatabaseOptions(durable, threading, random, delta, given, log, merging);
    }

    /// A manifest is written with so many columns of new parts.
    public DatabaseOptions withCheckpointColumns(long count) {
        Log given =
                new Log(log.fileBytes(), log.checkpointBytes(), log.checkpointDeltaBytes(), count);
        return new DatabaseOptions(durable, threading, random, delta, bulk, given, merging);
    }

    public DatabaseOptions withLog(long fileBytes, long checkpointBytes, long deltaBytes) {
        Log given = new Log(fileBytes, checkpointBytes, deltaBytes, log.checkpointColumns());
        return new DatabaseOptions(durable, threading, random, delta, bulk, given, merging);
    }

    public DatabaseOptions withMerge(long maxPartBytes, int fanIn) {
        Merging given = new Merging(maxPartBytes, fanIn);
        return new DatabaseOptions(durable, threading, random, delta, bulk, log, given);
    }
}
