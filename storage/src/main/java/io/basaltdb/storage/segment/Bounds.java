package io.basaltdb.storage.segment;

import io.basaltdb.storage.type.Value;
import java.util.Arrays;

/// Cuts long strings down to bounds that stay true: a prefix is a lower bound, a prefix rounded up is an upper one.
public final class Bounds {
    /// Bytes of a string that a zone map keeps.
    public static final int ZONE_BYTES = 32;

    private Bounds() {}

    /// The greatest prefix of at most `maxBytes` bytes; values that are not strings, and short ones, come back as they are.
    public static Value lower(Value value, int maxBytes) {
        return value instanceof Value.Bytes(byte[] bytes) && bytes.length > maxBytes
                ? new Value.Bytes(Arrays.copyOf(bytes, maxBytes))
                : value;
    }

    /// A string of at most `maxBytes` bytes that is greater than all with the same prefix. Where no such string exists (only bytes
    /// of 255, which UTF-8 has not), the value itself.
    public static Value upper(Value value, int maxBytes) {
        if (!(value instanceof Value.Bytes(byte[] bytes)) || bytes.length <= maxBytes) {
            return value;
        }
        for (int length = maxBytes; length > 0; length--) {
            if (bytes[length - 1] != -1) {
                byte[] rounded = Arrays.copyOf(bytes, length);
                rounded[length - 1]++;
                return new Value.Bytes(rounded);
            }
        }
        return value;
    }

    public static boolean isCut(Value value, int maxBytes) {
        return value instanceof Value.Bytes(byte[] bytes) && bytes.length > maxBytes;
    }
}
