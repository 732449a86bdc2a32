package io.basaltdb.storage.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BufferedAppendWriterTest {
    private static final long SEED = Long.getLong("test.seed", 4711);

    /// Passes everything on and notes the positions at which it was forced.
    private record Noting(AppendWriter target, List<Long> forces) implements AppendWriter {
        @Override
        public void append(byte[] bytes, int offset, int length) {
            target.append(bytes, offset, length);
        }

        @Override
        public long position() {
            return target.position();
        }

        @Override
        public void force() {
            forces.add(position());
            target.force();
        }

        @Override
        public void truncateToPosition() {
            target.truncateToPosition();
        }

        @Override
        public void close() {
            target.close();
        }
    }

    @Test
    void forcesInSteps() {
        Disk disk = new SimulatedDisk();
        List<Long> forces = new ArrayList<>();
        byte[] all = new byte[10_000];
        new Random(SEED).nextBytes(all);
        try (AppendWriter writer =
                new BufferedAppendWriter(new Noting(disk.create("f", 0), forces), 100, 1_000)) {
            Random sizes = new Random(SEED);
            int at = 0;
            while (at < all.length) {
                int length = Math.min(all.length - at, 1 + sizes.nextInt(150));
                writer.append(all, at, length);
                at += length;
                assertEquals(at, writer.position());
                long last = forces.isEmpty() ? 0 : forces.getLast();
                assertTrue(at - last < 1_000 + 250, "at " + at + " forced to " + last);
            }
            writer.force();
        }
        assertEquals(10_000, forces.getLast());
        assertEquals(forces.stream().distinct().toList(), forces, "never twice at one place");
        try (RandomReader reader = disk.open("f")) {
            byte[] read = new byte[all.length];
            reader.read(0, read, 0, read.length);
            assertArrayEquals(all, read);
        }
        assertTrue(forces.size() >= 8 && forces.size() <= 11, forces.toString());
    }

    @Test
    void forcesLargeAppendsToo() {
        List<Long> forces = new ArrayList<>();
        try (AppendWriter writer =
                new BufferedAppendWriter(
                        new Noting(new SimulatedDisk().create("f", 0), forces), 100, 1_000)) {
            byte[] large = new byte[3_000];
            Arrays.fill(large, (byte) 7);
            writer.append(large, 0, large.length);
            writer.append(large, 0, 10);
            assertEquals(List.of(3_000L), forces);
        }
    }
}
