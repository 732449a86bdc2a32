package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

class Lz4BlockTest {
    private static final int MARGIN = 24;

    @Test
    void readsWhatTheCompressorWrites() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 2_000; round++) {
            Random random = new Random(seed + round);
            byte[] plain = bytes(random);
            byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(plain);
            byte[] target = margins(plain.length);
            int written =
                    Lz4Block.decompress(packed, 0, packed.length, target, MARGIN, plain.length);
            String message = "seed " + (seed + round);
            assertEquals(plain.length, written, message);
            assertArrayEquals(plain, inner(target), message);
            assertMargins(target, message);
        }
    }

    /// What is written is a block for the library too, touches nothing but its room, and is hardly longer than what the library makes of it.
    @Test
    void writesWhatTheLibraryReads() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        long mine = 0;
        long theirs = 0;
        Lz4Writer writer = new Lz4Writer();
        for (int round = 0; round < 2_000; round++) {
            Random random = new Random(seed + round);
            byte[] plain = bytes(random);
            String message = "seed " + (seed + round);
            writer.begin(plain);
            int offset = 0;
            while (offset < plain.length) {
                int length = 1 + random.nextInt(plain.length - offset);
                byte[] target = margins(Lz4Writer.room(length));
                int packed = writer.write(offset, length, target, MARGIN) - MARGIN;
                assertMargins(target, message);
                if (offset == 0) {
                    assertEquals(packed, alone(plain, length), message);
                }
                byte[] block = Arrays.copyOfRange(target, MARGIN, MARGIN + packed);
                byte[] expected = Arrays.copyOfRange(plain, offset, offset + length);
                byte[] again = new byte[length];
                int read =
                        LZ4Factory.safeInstance()
                                .safeDecompressor()
                                .decompress(block, 0, packed, again, 0, length);
                assertEquals(length, read, message);
                assertArrayEquals(expected, again, message);
                assertEquals(length, Lz4Block.decompress(block, 0, packed, again, 0, length));
                assertArrayEquals(expected, again, message);
                mine += packed;
                theirs += LZ4Factory.safeInstance().fastCompressor().compress(expected).length;
                offset += length;
            }
        }
        assertTrue(mine <= theirs + theirs / 50, mine + " bytes, the library's " + theirs);
    }

    /// The length of a block by a writer that has written no other.
    private static int alone(byte[] plain, int length) {
        Lz4Writer writer = new Lz4Writer();
        writer.begin(plain);
        return writer.write(0, length, new byte[Lz4Writer.room(length)], 0);
    }

    /// Bytes that were changed are refused, or mean what they mean to the library.
    @Test
    void agreesWithTheLibraryOnAnyBytes() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 6_000; round++) {
            Random random = new Random(seed + round);
            byte[] plain = bytes(random);
            byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(plain);
            byte[] changed = Arrays.copyOf(packed, 1 + random.nextInt(packed.length));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            int room = Math.max(0, plain.length + random.nextInt(5) - 2);
            byte[] target = margins(room);
            byte[] expected = new byte[room];
            String message = "seed " + (seed + round);
            int length;
            try {
                length =
                        LZ4Factory.safeInstance()
                                .safeDecompressor()
                                .decompress(changed, 0, changed.length, expected, 0, room);
            } catch (LZ4Exception refused) {
                length = -1;
            }
            int written;
            try {
                written = Lz4Block.decompress(changed, 0, changed.length, target, MARGIN, room);
            } catch (IndexOutOfBoundsException refused) {
                written = -1;
            }
            if (length >= 0 && written >= 0) {
                assertEquals(length, written, message);
                assertArrayEquals(
                        Arrays.copyOf(expected, length),
                        Arrays.copyOf(inner(target), length),
                        message);
            }
            assertMargins(target, message);
        }
    }

    @Test
    void refusesWhatEndsTooEarly() {
        byte[] target = new byte[100];
        for (byte[] packed :
                new byte[][] {
                    {}, {0x10}, {(byte) 0xf0}, {(byte) 0xf0, -1}, {0x10, 1, 1}, {0x10, 1, 5, 0}
                }) {
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> Lz4Block.decompress(packed, 0, packed.length, target, 0, 100));
        }
    }

    /// Random, of few values, of repeated words, or of runs.
    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? 70_000 : 2_000)];
        int kind = random.nextInt(4);
        byte[][] words = new byte[20][];
        for (int i = 0; i < words.length; i++) {
            words[i] = new byte[1 + random.nextInt(kind == 3 ? 300 : 12)];
            if (kind == 3) {
                Arrays.fill(words[i], (byte) random.nextInt());
            } else {
                random.nextBytes(words[i]);
            }
        }
        random.nextBytes(bytes);
        for (int i = 0; kind == 1 && i < bytes.length; i++) {
            bytes[i] &= 3;
        }
        for (int at = 0; kind >= 2 && at < bytes.length; ) {
            byte[] word = words[random.nextInt(words.length)];
            int length = Math.min(word.length, bytes.length - at);
            System.arraycopy(word, 0, bytes, at, length);
            at += length;
        }
        return bytes;
    }

    private static byte[] margins(int length) {
        byte[] target = new byte[length + 2 * MARGIN];
        Arrays.fill(target, (byte) 0x5a);
        return target;
    }

    private static byte[] inner(byte[] target) {
        return Arrays.copyOfRange(target, MARGIN, target.length - MARGIN);
    }

    private static void assertMargins(byte[] target, String message) {
        for (int i = 0; i < MARGIN; i++) {
            assertEquals(0x5a, target[i], message);
            assertEquals(0x5a, target[target.length - 1 - i], message);
        }
    }
}
