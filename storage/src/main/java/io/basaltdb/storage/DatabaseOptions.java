package io.basaltdb.storage;

import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/// How a database is run; everything that decides when work happens, so that tests can make it happen often.
///
/// @param durable whether a commit returns only when it is durable ('commit'), or as soon as the operating system has it ('os'); a table's
///     own `durability` option comes first
/// @param manual no threads: commits are carried out by the thread that commits, background work by [Database#backgroundStep]
/// @param mergeThreads threads for background work
/// @param threads makes the Committer's and the background threads
/// @param random names parts
/// @param deltaBudgetBytes bytes that all deltas may hold; from 70 % on, writers are slowed
/// @param throttleMillis longest that a writer is slowed before it fails
/// @param sealBytes a delta of so many bytes is sealed
/// @param sealRows a delta of so many rows is sealed
/// @param bulkBytes an appender writes a part each time it holds so many bytes
/// @param bulkRows an appender writes a part each time it holds so many rows
/// @param bulkMinBytes what an appender holds at its end becomes a part from so many bytes, else goes through the log into the delta
/// @param bulkMinRows the same in rows
/// @param logFileBytes size of a log file, preallocated
/// @param checkpointBytes with so many bytes of log a manifest is written and older log deleted
/// @param checkpointDeltaBytes a larger delta is sealed before a manifest is written, a smaller one stands in it
/// @param maxPartBytes parts are not merged into larger ones
/// @param mergeFanIn parts of like size that are merged together
public record DatabaseOptions(
        boolean durable,
        boolean manual,
        int mergeThreads,
        ThreadFactory threads,
        RandomGenerator random,
        long deltaBudgetBytes,
        long throttleMillis,
        long sealBytes,
        long sealRows,
        long bulkBytes,
        long bulkRows,
        long bulkMinBytes,
        long bulkMinRows,
        long logFileBytes,
        long checkpointBytes,
        long checkpointDeltaBytes,
        long maxPartBytes,
        int mergeFanIn) {
    private static final long MIB = 1L << 20;

    /// A share of the heap for the deltas, and the sizes that the design chose.
    public static DatabaseOptions defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        return new DatabaseOptions(
                true,
                false,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                Thread.ofPlatform().daemon().name("basalt-background-", 0).factory(),
                RandomGenerator.of("SecureRandom"),
                heap / 8,
                30_000,
                64 * MIB,
                1 << 20,
                128 * MIB,
                1 << 20,
                16 * MIB,
                1 << 18,
                64 * MIB,
                128 * MIB,
                MIB,
                50L << 30,
                4);
    }

    public DatabaseOptions withDurable(boolean value) {
        return new DatabaseOptions(
                value,
                manual,
                mergeThreads,
                threads,
                random,
                deltaBudgetBytes,
                throttleMillis,
                sealBytes,
                sealRows,
                bulkBytes,
                bulkRows,
                bulkMinBytes,
                bulkMinRows,
                logFileBytes,
                checkpointBytes,
                checkpointDeltaBytes,
                maxPartBytes,
                mergeFanIn);
    }

    /// No threads: the caller steps.
    public DatabaseOptions withManualSteps(RandomGenerator generator) {
        return new DatabaseOptions(
                durable,
                true,
                0,
                threads,
                generator,
                deltaBudgetBytes,
                throttleMillis,
                sealBytes,
                sealRows,
                bulkBytes,
                bulkRows,
                bulkMinBytes,
                bulkMinRows,
                logFileBytes,
                checkpointBytes,
                checkpointDeltaBytes,
                maxPartBytes,
                mergeFanIn);
    }

    public DatabaseOptions withMergeThreads(int count) {
        return new DatabaseOptions(
                durable,
                manual,
                count,
                threads,
                random,
                deltaBudgetBytes,
                throttleMillis,
                sealBytes,
                sealRows,
                bulkBytes,
                bulkRows,
                bulkMinBytes,
                bulkMinRows,
                logFileBytes,
                checkpointBytes,
                checkpointDeltaBytes,
                maxPartBytes,
                mergeFanIn);
    }

    public DatabaseOptions withDeltaBudget(long bytes, long slowedMillis) {
        return new DatabaseOptions(
                durable,
                manual,
                mergeThreads,
                threads,
                random,
                bytes,
                slowedMillis,
                sealBytes,
                sealRows,
                bulkBytes,
                bulkRows,
                bulkMinBytes,
                bulkMinRows,
                logFileBytes,
                checkpointBytes,
                checkpointDeltaBytes,
                maxPartBytes,
                mergeFanIn);
    }

    /// A delta of that size becomes parts.
    public DatabaseOptions withSeal(long bytes, long rows) {
        return new DatabaseOptions(
                durable,
                manual,
                mergeThreads,
                threads,
                random,
                deltaBudgetBytes,
                throttleMillis,
                bytes,
                rows,
                bulkBytes,
                bulkRows,
                bulkMinBytes,
                bulkMinRows,
                logFileBytes,
                checkpointBytes,
                checkpointDeltaBytes,
                maxPartBytes,
                mergeFanIn);
    }

    /// Appenders write parts of that size, and at their end from that size on.
    public DatabaseOptions withBulk(long bytes, long rows, long minBytes, long minRows) {
        return new DatabaseOptions(
                durable,
                manual,
                mergeThreads,
                threads,
                random,
                deltaBudgetBytes,
                throttleMillis,
                sealBytes,
                sealRows,
                bytes,
                rows,
                minBytes,
                minRows,
                logFileBytes,
                checkpointBytes,
                checkpointDeltaBytes,
                maxPartBytes,
                mergeFanIn);
    }

    public DatabaseOptions withLog(long fileBytes, long checkpointedBytes, long deltaBytes) {
        return new DatabaseOptions(
                durable,
                manual,
                mergeThreads,
                threads,
                random,
                deltaBudgetBytes,
                throttleMillis,
                sealBytes,
                sealRows,
                bulkBytes,
                bulkRows,
                bulkMinBytes,
                bulkMinRows,
                fileBytes,
                checkpointedBytes,
                deltaBytes,
                maxPartBytes,
                mergeFanIn);
    }

    public DatabaseOptions withMerge(long partBytes, int fanIn) {
        return new DatabaseOptions(
                durable,
                manual,
                mergeThreads,
                threads,
                random,
                deltaBudgetBytes,
                throttleMillis,
                sealBytes,
                sealRows,
                bulkBytes,
                bulkRows,
                bulkMinBytes,
                bulkMinRows,
                logFileBytes,
                checkpointBytes,
                checkpointDeltaBytes,
                partBytes,
                fanIn);
    }
}
