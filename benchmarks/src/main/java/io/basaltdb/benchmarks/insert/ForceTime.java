package io.basaltdb.benchmarks.insert;

import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How long this machine takes to force a small write: what a durable insert from one client cannot be faster than.
public final class ForceTime {
    private static final int WRITES = 500;
    private static final int WRITE_BYTES = 256;
    private static final String FILE = "force-time";

    private ForceTime() {}

    /// The median of some hundred writes to a preallocated file in that folder, each forced by itself.
    public static double micros(Path folder) throws IOException {
        Files.createDirectories(folder);
        LocalDisk disk = new LocalDisk(folder);
        disk.delete(FILE);
        double[] micros = new double[WRITES];
        byte[] bytes = new byte[WRITE_BYTES];
        try (AppendWriter writer = disk.create(FILE, (long) WRITES * WRITE_BYTES)) {
            writer.force();
            for (int i = 0; i < WRITES; i++) {
                long start = System.nanoTime();
                writer.append(bytes, 0, bytes.length);
                writer.force();
                micros[i] = (System.nanoTime() - start) / 1e3;
            }
        } finally {
            disk.delete(FILE);
        }
        Arrays.sort(micros);
        return micros[WRITES / 2];
    }
}
