package io.basaltdb.storage.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract of [Disk], which every disk inherits.
public abstract class DiskTest {
    private Disk disk;

    /// An empty disk.
    protected abstract Disk newDisk();

    @BeforeEach
    void make() {
        disk = newDisk();
        disk.createDirectory("d");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String content(String path) {
        try (RandomReader reader = disk.open(path)) {
            byte[] bytes = new byte[(int) reader.sizeBytes()];
            reader.read(0, bytes, 0, bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private void write(String path, String text) {
        try (AppendWriter writer = disk.create(path, 0)) {
            writer.append(bytes(text), 0, text.length());
            writer.force();
        }
    }

    private static void assertCode(ErrorCode code, String path, Runnable action) {
        BasaltException failure = assertThrows(BasaltException.class, action::run);
        assertEquals(code, failure.code(), failure.text());
        assertTrue(failure.text().contains(path), failure.text());
    }

    @Test
    void whatWasWrittenIsRead() {
        try (AppendWriter writer = disk.create("d/file", 0)) {
            assertEquals(0, writer.position());
            writer.append(bytes("-hello-"), 1, 5);
            writer.append(bytes(" world"), 0, 6);
            assertEquals(11, writer.position());
            writer.force();
        }
        assertEquals("hello world", content("d/file"));
    }

    @Test
    void anyStretchIsRead() {
        Random random = new Random(3);
        byte[] all = new byte[300_000];
        random.nextBytes(all);
        try (AppendWriter writer = disk.create("d/file", 0)) {
            int at = 0;
            while (at < all.length) {
                int length = Math.min(random.nextInt(70_000), all.length - at);
                writer.append(all, at, length);
                at += length;
            }
        }
        try (RandomReader reader = disk.open("d/file")) {
            assertEquals(all.length, reader.sizeBytes());
            assertEquals("d/file", reader.path());
            for (int i = 0; i < 100; i++) {
                int from = random.nextInt(all.length);
                int length = random.nextInt(all.length - from + 1);
                byte[] target = new byte[length + 3];
                reader.read(from, target, 2, length);
                byte[] expected = new byte[length + 3];
                System.arraycopy(all, from, expected, 2, length);
                assertArrayEquals(expected, target);
            }
        }
    }

    @Test
    void readingBehindTheEndFails() {
        write("d/file", "abc");
        try (RandomReader reader = disk.open("d/file")) {
            reader.read(3, new byte[0], 0, 0);
            assertCode(ErrorCode.IO_ERROR, "d/file", () -> reader.read(2, new byte[2], 0, 2));
            assertCode(ErrorCode.IO_ERROR, "d/file", () -> reader.read(-1, new byte[2], 0, 1));
            assertCode(
                    ErrorCode.IO_ERROR,
                    "d/file",
                    () -> reader.read(Long.MAX_VALUE, new byte[2], 0, 2));
        }
    }

    @Test
    void anEmptyFileIsAFile() {
        disk.create("d/empty", 0).close();
        assertTrue(disk.exists("d/empty"));
        assertEquals("", content("d/empty"));
    }

    @Test
    void preallocatedBytesAreZeroAndAreCutOff() {
        try (AppendWriter writer = disk.create("d/file", 10_000)) {
            writer.append(bytes("abc"), 0, 3);
            writer.force();
            assertEquals(3, writer.position());
            try (RandomReader reader = disk.open("d/file")) {
                assertEquals(10_000, reader.sizeBytes());
                byte[] rest = new byte[9_997];
                reader.read(3, rest, 0, rest.length);
                assertArrayEquals(new byte[9_997], rest);
            }
            writer.truncateToPosition();
        }
        assertEquals("abc", content("d/file"));
    }

    @Test
    void aFileGrowsBehindItsPreallocatedBytes() {
        try (AppendWriter writer = disk.create("d/file", 4)) {
            writer.append(bytes("abcdefgh"), 0, 8);
        }
        assertEquals("abcdefgh", content("d/file"));
    }

    @Test
    void reopeningCutsAndContinues() {
        write("d/file", "abcdef");
        try (AppendWriter writer = disk.reopen("d/file", 2, 8)) {
            assertEquals(2, writer.position());
            writer.append(bytes("XY"), 0, 2);
        }
        assertEquals("abXY\0\0\0\0", content("d/file"));
    }

    @Test
    void reopeningBehindTheEndFails() {
        write("d/file", "abc");
        assertCode(ErrorCode.IO_ERROR, "d/file", () -> disk.reopen("d/file", 4, 0));
        assertEquals("abc", content("d/file"));
    }

    @Test
    void aFileIsCreatedOnce() {
        write("d/file", "abc");
        assertCode(ErrorCode.IO_ERROR, "d/file", () -> disk.create("d/file", 0));
        assertEquals("abc", content("d/file"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertCode(ErrorCode.FILE_NOT_FOUND, "d/none", () -> disk.open("d/none"));
        assertCode(ErrorCode.FILE_NOT_FOUND, "d/none", () -> disk.reopen("d/none", 0, 0));
        assertCode(ErrorCode.IO_ERROR, "none/file", () -> disk.create("none/file", 0));
        assertFalse(disk.exists("d/none"));
        assertEquals(List.of(), disk.list("none"));
        disk.delete("d/none");
    }

    @Test
    void directoriesListTheirNames() {
        write("d/b", "");
        write("d/a", "");
        disk.createDirectory("d/sub/deep");
        disk.createDirectory("d/sub/deep");
        write("d/sub/c", "");
        assertEquals(List.of("a", "b", "sub"), disk.list("d"));
        assertEquals(List.of("c", "deep"), disk.list("d/sub"));
        assertEquals(List.of(), disk.list("d/sub/deep"));
        assertTrue(disk.list("").contains("d"));
        disk.delete("d/a");
        assertEquals(List.of("b", "sub"), disk.list("d"));
        disk.forceDirectory("d");
        disk.forceDirectory("");
    }

    @Test
    void pathsStayInside() {
        for (String path : List.of("../x", "/x", "d//x", "d/./x", "d/..", "d/")) {
            assertThrows(BasaltException.class, () -> disk.create(path, 0), path);
            assertThrows(BasaltException.class, () -> disk.open(path), path);
        }
    }

    @Test
    void anOpenFileSurvivesItsDeletion() {
        write("d/file", "abc");
        try (RandomReader reader = disk.open("d/file")) {
            disk.delete("d/file");
            byte[] target = new byte[3];
            reader.read(0, target, 0, 3);
            assertArrayEquals(bytes("abc"), target);
        }
        write("d/file", "new");
        assertEquals("new", content("d/file"));
    }

    @Test
    void aClosedReaderRefuses() {
        write("d/file", "abc");
        RandomReader reader = disk.open("d/file");
        reader.close();
        reader.close();
        assertCode(ErrorCode.IO_ERROR, "d/file", () -> reader.read(0, new byte[1], 0, 1));
    }

    @Test
    void freeSpaceAndNameAreKnown() {
        assertTrue(disk.freeBytes() > 0);
        assertFalse(disk.describe().isEmpty());
    }
}
