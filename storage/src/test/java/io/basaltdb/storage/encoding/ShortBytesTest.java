package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What reads eight bytes at once where fewer are meant: it must make no difference what stands behind them.
class ShortBytesTest {
    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void theHashIsThatOfTheBytesAlone() {
        for (int round = 0; round < 5_000; round++) {
            byte[] value = bytes(random.nextInt(20));
            byte[] amid = amid(value, 3, random.nextInt(12));
            long alone = ValueHash.bytes(value, 0, value.length);
            assertEquals(alone, ValueHash.bytes(amid, 3, value.length), "seed " + seed);
        }
    }

    @Test
    void bytesAreEqualWhereEachIs() {
        for (int round = 0; round < 5_000; round++) {
            byte[] left = bytes(random.nextInt(12));
            byte[] right = left.clone();
            if (right.length > 0 && random.nextBoolean()) {
                right[random.nextInt(right.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] leftAmid = amid(left, 2, random.nextInt(12));
            byte[] rightAmid = amid(right, 5, random.nextInt(12));
            assertEquals(
                    Arrays.equals(left, right),
                    BytesTable.equal(leftAmid, 2, rightAmid, 5, left.length),
                    "seed " + seed);
        }
    }

    @Test
    void stringsThatLieEndToEndAreAddedAtOnce() {
        byte[] heap = "..onetwothree..".getBytes(StandardCharsets.US_ASCII);
        int[] starts = {9, 2, 5, 8, 8, 99};
        int[] lengths = {0, 3, 3, 0, 5, 0};
        BytesBlock block = new BytesBlock();
        block.add(0, heap, 0, 2);

        assertTrue(block.addAll(1, heap, starts, lengths, 1, 4));
        assertEquals(13, block.heapSize);
        assertArrayEquals(new int[] {0, 2, 5, 8, 8}, Arrays.copyOf(block.start, 5));
        assertArrayEquals(new int[] {2, 3, 3, 0, 5}, Arrays.copyOf(block.length, 5));
        assertArrayEquals(Arrays.copyOf(heap, 13), Arrays.copyOf(block.heap, 13));

        assertFalse(block.addAll(5, heap, starts, lengths, 0, 2), "they do not follow each other");
        assertEquals(13, block.heapSize);
        assertTrue(block.addAll(5, heap, starts, lengths, 5, 1), "an empty one, wherever it lies");
        assertEquals(13, block.heapSize);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] amid(byte[] value, int before, int after) {
        byte[] all = bytes(before + value.length + after);
        System.arraycopy(value, 0, all, before, value.length);
        return all;
    }
}
