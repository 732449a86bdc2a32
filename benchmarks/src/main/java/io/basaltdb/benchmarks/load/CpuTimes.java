package io.basaltdb.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Processor time of this process, in seconds.
///
/// @param total of all threads, those included that have ended
/// @param compilers of the JVM's compilers; 0 where the system does not tell threads apart
/// @param collector of its garbage collector, likewise
public record CpuTimes(double total, double compilers, double collector) {
    private static final Path THREADS = Path.of("/proc/self/task");

    /// What Linux counts in, for every program.
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /// Until now.
    public static CpuTimes now() throws IOException {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double compilers = 0;
        double collector = 0;
        if (Files.isDirectory(THREADS)) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
                for (Path thread : threads) {
                    List<String> lines = lines(thread.resolve("stat"));
                    if (!lines.isEmpty()) {
                        String name = name(lines.getFirst());
                        double seconds = seconds(lines.getFirst());
                        compilers += isCompiler(name) ? seconds : 0;
                        collector += isCollector(name) ? seconds : 0;
                    }
                }
            }
        }
        return new CpuTimes(system.getProcessCpuTime() / 1e9, compilers, collector);
    }

    /// A thread may end while the list of threads is read.
    private static List<String> lines(Path stat) {
        try {
            return Files.readAllLines(stat);
        } catch (IOException ended) {
            return List.of();
        }
    }

    /// The name stands in brackets and may hold anything.
    static String name(String stat) {
        return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    }

    static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
                / TICKS_PER_SECOND;
    }

    static boolean isCompiler(String thread) {
        return thread.startsWith("C1 ") || thread.startsWith("C2 ");
    }

    static boolean isCollector(String thread) {
        return thread.startsWith("GC ") || thread.startsWith("G1 ") || thread.equals("VM Thread");
    }

    /// What neither compilers nor collector took.
    public double others() {
        return total - compilers - collector;
    }

    /// What came since.
    public CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(
                total - earlier.total,
                compilers - earlier.compilers,
                collector - earlier.collector);
    }
}
