package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import java.util.Arrays;

/// Bytes that stay where they were put, in chunks that grow with what is put there. A reference is the chunk's number and the position in it.
final class Arena {
    private static final int FIRST_CHUNK = 1 << 10;
    private static final int LARGEST_CHUNK = 1 << 20;

    private final Reservation reservation;
    private byte[][] chunks = {};
    private int used;
    private int chunkCount;
    private int nextSize = FIRST_CHUNK;

    Arena(Reservation reservation) {
        this.reservation = reservation;
    }

    /// Room for `size` bytes in one chunk.
    long allocate(int size) {
        if (chunkCount == 0 || chunks[chunkCount - 1].length - used < size) {
            int chunk = Math.max(nextSize, size);
            reservation.grow(chunk + 16L);
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, Math.max(4, 2 * chunkCount));
            }
            chunks[chunkCount++] = new byte[chunk];
            used = 0;
            nextSize = Math.min(LARGEST_CHUNK, 2 * nextSize);
        }
        long reference = (long) (chunkCount - 1) << 32 | used;
        used += size;
        return reference;
    }

    long put(byte[] bytes, int start, int length) {
        long reference = allocate(length);
        System.arraycopy(bytes, start, chunk(reference), position(reference), length);
        return reference;
    }

    byte[] chunk(long reference) {
        return chunks[(int) (reference >>> 32)];
    }

    static int position(long reference) {
        return (int) reference;
    }
}
