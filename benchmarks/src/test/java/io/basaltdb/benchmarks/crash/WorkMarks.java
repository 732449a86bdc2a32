package io.basaltdb.benchmarks.crash;

import io.basaltdb.storage.table.BackgroundJob;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// What background work was under way when a process ended: one byte for each kind, in a mapped file that outlives the process.
final class WorkMarks {
    private static final int KINDS = BackgroundJob.Kind.values().length;

    private WorkMarks() {}

    static Path file(Path folder) {
        return folder.resolve("marks");
    }

    /// Where the writer keeps its marks.
    static final class Writer {
        private final MappedByteBuffer bytes;

        Writer(Path file) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE)) {
                bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, KINDS);
            }
        }

        void mark(List<BackgroundJob> jobs) {
            int kinds = 0;
            for (BackgroundJob job : jobs) {
                kinds |= 1 << job.kind().ordinal();
            }
            for (int i = 0; i < KINDS; i++) {
                bytes.put(i, (byte) (kinds >> i & 1));
            }
        }
    }

    /// Adds one for each kind that is marked; returns whether any is. The marks are gone afterwards.
    static boolean count(Path file, int[] countByKind) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        byte[] marks = Files.readAllBytes(file);
        Files.delete(file);
        boolean any = false;
        for (int i = 0; i < marks.length; i++) {
            countByKind[i] += marks[i];
            any |= marks[i] != 0;
        }
        return any;
    }
}
