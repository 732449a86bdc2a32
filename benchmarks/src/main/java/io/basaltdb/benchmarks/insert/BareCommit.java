package io.basaltdb.benchmarks.insert;

import io.basaltdb.benchmarks.suite.HostLoad;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Group commit and nothing else: clients that hand some bytes to a writer and sleep until it has written and forced them together with those of
/// the others. No SQL, no rows, no checksums: what this machine gives at this hour, and so the yardstick for inserts of single rows.
public final class BareCommit {
    /// More than a row of [InsertRun] takes in the log.
    private static final int COMMIT_BYTES = 160;

    private static final int FILE_BYTES = 64 << 20;
    private static final String FILE = "bare-commit";

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final LocalDisk disk;
    private final int clients;
    private final boolean virtualThreads;
    private volatile Thread writerThread = Thread.currentThread();
    private volatile boolean writerSleeps;
    private volatile boolean counting;
    private volatile boolean ended;

    private BareCommit(Path folder, int clients, boolean virtualThreads) {
        this.disk = new LocalDisk(folder);
        this.clients = clients;
        this.virtualThreads = virtualThreads;
    }

    /// @param commitsPerSecond over all clients
    /// @param cpuMicrosPerCommit CPU time of the whole process for each commit
    /// @param commitsPerForce size of a group
    public record Result(
            double commitsPerSecond, double cpuMicrosPerCommit, double commitsPerForce) {}

    private static final class Waiting {
        private final Thread client = Thread.currentThread();
        private volatile boolean done;
    }

    /// Commits from so many clients for so many seconds, behind a warm-up of the same work.
    public static Result run(
            Path folder, int clients, boolean virtualThreads, double warmUpSeconds, double seconds)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return new BareCommit(folder, clients, virtualThreads).run(warmUpSeconds, seconds);
    }

    private Result run(double warmUpSeconds, double seconds)
            throws IOException, InterruptedException {
        List<Future<Long>> counts = new ArrayList<>();
        long begun;
        HostLoad.Meter meter;
        long[] forces = new long[1];
        Thread writer = Thread.ofPlatform().start(() -> forces[0] = write());
        try (ExecutorService threads = threads()) {
            for (int i = 0; i < clients; i++) {
                counts.add(threads.submit(this::commitUntilEnd));
            }
            sleep(warmUpSeconds);
            meter = HostLoad.start();
            counting = true;
            begun = System.nanoTime();
            sleep(seconds);
            ended = true;
        }
        double elapsed = (System.nanoTime() - begun) / 1e9;
        HostLoad host = meter.stop();
        LockSupport.unpark(writer);
        writer.join();
        long commits = 0;
        for (Future<Long> count : counts) {
            try {
                commits += count.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return new Result(
                commits / elapsed,
                host.cpuPerWall() * elapsed * 1e6 / Math.max(1, commits),
                commits / (double) Math.max(1, forces[0]));
    }

    private ExecutorService threads() {
        return virtualThreads
                ? Executors.newVirtualThreadPerTaskExecutor()
                : Executors.newFixedThreadPool(clients);
    }

    private static void sleep(double seconds) throws InterruptedException {
        Thread.sleep(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private long commitUntilEnd() {
        long commits = 0;
        while (!ended) {
            Waiting waiting = new Waiting();
            queue.add(waiting);
            if (writerSleeps) {
                LockSupport.unpark(writerThread);
            }
            while (!waiting.done) {
                LockSupport.park(this);
            }
            commits += counting ? 1 : 0;
        }
        return commits;
    }

    /// How often it forced what it wrote.
    private long write() {
        writerThread = Thread.currentThread();
        byte[] bytes = new byte[COMMIT_BYTES * clients];
        List<Waiting> group = new ArrayList<>();
        long forces = 0;
        @Nullable AppendWriter file = null;
        try {
            while (true) {
                group.clear();
                for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
                    group.add(next); // no more than there are clients
                }
                if (group.isEmpty()) {
                    if (ended) {
                        return forces;
                    }
                    sleepUntilCalled();
                    continue;
                }
                int length = COMMIT_BYTES * group.size();
                if (file == null || file.position() + length > FILE_BYTES) {
                    file = nextFile(file);
                }
                file.append(bytes, 0, length);
                file.force();
                forces += counting ? 1 : 0;
                for (Waiting waiting : group) {
                    waiting.done = true;
                }
                for (Waiting waiting : group) {
                    LockSupport.unpark(waiting.client);
                }
            }
        } finally {
            if (file != null) {
                file.close();
            }
            disk.delete(FILE);
        }
    }

    private AppendWriter nextFile(@Nullable AppendWriter before) {
        if (before != null) {
            before.close();
            disk.delete(FILE);
        }
        return disk.create(FILE, FILE_BYTES);
    }

    private void sleepUntilCalled() {
        writerSleeps = true;
        if (queue.isEmpty() && !ended) {
            LockSupport.park(this);
        }
        writerSleeps = false;
    }
}
