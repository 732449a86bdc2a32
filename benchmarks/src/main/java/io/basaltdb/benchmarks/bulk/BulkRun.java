package io.basaltdb.benchmarks.bulk;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Loads rows through a door with some threads, once to warm up and once for the time.
public final class BulkRun {
    private final BulkDoor door;
    private final int threads;

    public BulkRun(BulkDoor door, int threads) {
        this.door = door;
        this.threads = threads;
    }

    /// What a load came to.
    public record Result(String door, int threads, long rows, double seconds) {
        public double rowsPerSecond() {
            return rows / seconds;
        }

        /// One line for people.
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%-9s threads %d  %11d rows  %7.2f s  %11.0f rows/s",
                    door,
                    threads,
                    rows,
                    seconds,
                    rowsPerSecond());
        }
    }

    /// Fails where not all rows are there at the end.
    ///
    /// @param warmUpRows are loaded before, and not counted
    public Result run(long warmUpRows, long rows) throws SQLException, InterruptedException {
        load(0, warmUpRows);
        long begun = System.nanoTime();
        load(warmUpRows, warmUpRows + rows);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long found = door.count();
        if (found != warmUpRows + rows) {
            throw new IllegalStateException(
                    door.name() + " holds " + found + " rows of " + (warmUpRows + rows));
        }
        return new Result(door.name(), threads, rows, seconds);
    }

    private void load(long from, long to) throws SQLException, InterruptedException {
        List<Future<Void>> loaders = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                long first = from + (to - from) * i / threads;
                long end = from + (to - from) * (i + 1) / threads;
                loaders.add(
                        executor.submit(() -> {
                            door.load(first, end);
                            return null;
                        }));
            }
        }
        for (Future<Void> loader : loaders) {
            await(loader);
        }
    }

    private static void await(Future<Void> loader) throws SQLException, InterruptedException {
        try {
            loader.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
