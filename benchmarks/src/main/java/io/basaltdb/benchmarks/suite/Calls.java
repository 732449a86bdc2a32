package io.basaltdb.benchmarks.suite;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// Times the calls of a run, which may come from many threads, and the CPU that the process used meanwhile.
public final class Calls {
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long cpuStart = system.getProcessCpuTime();
    private final long start = System.nanoTime();
    // Guarded by this.
    private long[] nanos = new long[1024];
    private int count;

    public synchronized void add(long elapsed) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = elapsed;
    }

    public synchronized int count() {
        return count;
    }

    /// Ends the run.
    public synchronized CallResult result(String engine, String shape, long rows) {
        double seconds = (System.nanoTime() - start) / 1e9;
        long cpu = system.getProcessCpuTime() - cpuStart;
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new CallResult(
                engine,
                shape,
                rows,
                seconds,
                (double) cpu / Math.max(1, rows),
                millis(sorted, 0.5),
                millis(sorted, 0.99));
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
    }
}
