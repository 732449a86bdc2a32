package io.basaltdb.query;

import java.util.concurrent.ThreadFactory;

/// What an engine may use.
///
/// @param workers threads that run queries
/// @param memoryBytes most bytes that all queries may hold together
/// @param threads makes the workers
/// @param javaFunctions whether functions that users wrote in Java may run in this process
public record EngineOptions(
        int workers, long memoryBytes, ThreadFactory threads, boolean javaFunctions) {
    /// Runs functions that users wrote in Java.
    public EngineOptions(int workers, long memoryBytes, ThreadFactory threads) {
        this(workers, memoryBytes, threads, true);
    }

    /// As many workers as there are processors and that share of the heap.
    public static EngineOptions ofHeapShare(double share) {
        return new EngineOptions(
                Runtime.getRuntime().availableProcessors(),
                (long) (Runtime.getRuntime().maxMemory() * share),
                Thread.ofPlatform().daemon().name("basalt-worker-", 0).factory());
    }

    public EngineOptions withoutJavaFunctions() {
        return new EngineOptions(workers, memoryBytes, threads, false);
    }
}
