package io.basaltdb.benchmarks.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A [KillWriter] at work, and what it was told: as far as its lines have been read, and wholly once it is closed. Close kills it.
final class WritingChild implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final CompletableFuture<Void> listener;
    // Guarded by this.
    private final Set<Long> acknowledged = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    /// @param round no two children on one directory have the same
    WritingChild(ChildJvm jvm, String url, Batches batches, int round, Path beside)
            throws IOException {
        this.process =
                jvm.start(
                        KillWriter.class,
                        KillWriter.arguments(
                                url, batches, round, KillRun.WRITERS, beside, List.of()),
                        beside.resolve("errors"));
        this.listener = CompletableFuture.runAsync(this::listen, Thread::startVirtualThread);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void note(String line) {
        if (line.startsWith(KillWriter.ACKNOWLEDGED)) {
            acknowledged.add(Long.parseLong(line.substring(KillWriter.ACKNOWLEDGED.length())));
        } else if (line.startsWith(KillWriter.FAULT)) {
            faults.add(line.substring(KillWriter.FAULT.length()));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    synchronized Set<Long> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        listener.join();
    }
}
