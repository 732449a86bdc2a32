package io.basaltdb.query;

import java.util.concurrent.ThreadFactory;

/// What an engine may use.
///
/// @param workers threads that run queries
/// @param memoryBytes most bytes that all queries may hold together
/// @param threads makes the workers
public record EngineOptions(int workers, long memoryBytes, ThreadFactory threads) {
    /// As many workers as there are processors and that share of the heap.
    public static EngineOptions ofHeapShare(double share) {
        return new EngineOptions(
                Runtime.getRuntime().availableProcessors(),
                (long) (Runtime.getRuntime().maxMemory() * share),
                Thread.ofPlatform().daemon().name("basalt-worker-", 0).factory());
    }
}
