package io.basaltdb.benchmarks.suite;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What the machine did while something was measured: a figure taken beside other work is none.
///
/// @param loadBefore the load average when the measurement began
/// @param loadAfter the load average when it ended
/// @param cpuPerWall CPU seconds of this process for each second that passed
public record HostLoad(double loadBefore, double loadAfter, double cpuPerWall) {

    /// Begins a measurement.
    public static Meter start() {
        return new Meter();
    }

    /// A measurement that runs.
    public static final class Meter {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private final double loadBefore = system.getSystemLoadAverage();
        private final long cpuStart = system.getProcessCpuTime();
        private final long wallStart = System.nanoTime();

        private Meter() {}

        /// Ends it.
        public HostLoad stop() {
            double wall = System.nanoTime() - wallStart;
            double cpu = system.getProcessCpuTime() - cpuStart;
            return new HostLoad(loadBefore, system.getSystemLoadAverage(), cpu / wall);
        }
    }
}
