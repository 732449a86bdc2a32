package io.basaltdb.formats.parquet;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow at their end. Numbers are little-endian.
final class ByteBuilder {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

    private byte[] bytes = new byte[256];
    private int size;

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    private void room(int more) {
        if (bytes.length - size >= more) {
            return;
        }
        long needed = (long) size + more;
        if (needed > MAX_BYTES) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "a page of a Parquet file needs more than 2 GiB; shorten its values");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * size)));
    }

    void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void putInt(int value) {
        putLow(value, Integer.BYTES);
    }

    void putLong(long value) {
        putLow(value, Long.BYTES);
    }

    /// The lowest bytes of the number.
    void putLow(long value, int count) {
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
    }

    void putBigEndian(long value) {
        putLong(Long.reverseBytes(value));
    }

    void put(byte[] from, int start, int count) {
        room(count);
        System.arraycopy(from, start, bytes, size, count);
        size += count;
    }

    void put(ByteBuilder other) {
        put(other.bytes, 0, other.size);
    }

    /// Seven bits a byte, the lowest first.
    void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
    }

    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        put(utf8, 0, utf8.length);
    }

    /// Overwrites four bytes.
    void setInt(int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
