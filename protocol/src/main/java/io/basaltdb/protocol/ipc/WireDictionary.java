package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The entries of one dictionary, in the order in which they arrived. Each is turned into a string
/// once, however many rows name it.
final class WireDictionary {
    private static final int MOST_ENTRIES = 1 << 24;
    private static final long MOST_BYTES = 256L << 20;

    private byte[][] sources = new byte[16][];
    private int[] offsets = new int[16];
    private int[] lengths = new int[16];
    private @Nullable String[] texts = new @Nullable String[16];
    private int size;
    private long heldBytes;

    /// Appends all rows of a text column without nulls.
    void append(WireColumn values, int messageBytes) {
        int count = values.rowCount();
        heldBytes += messageBytes;
        if (size + count > MOST_ENTRIES || heldBytes > MOST_BYTES) {
            throw new ProtocolException(
                    "an Arrow dictionary grows above "
                            + MOST_ENTRIES
                            + " entries or "
                            + (MOST_BYTES >> 20)
                            + " MiB");
        }
        ensure(count);
        for (int row = 0; row < count; row++) {
            sources[size] = values.textBytes(row);
            offsets[size] = values.textOffset(row);
            lengths[size] = values.textLength(row);
            size++;
        }
    }

    int size() {
        return size;
    }

    String textAt(int index) {
        String text = texts[index];
        if (text == null) {
            text =
                    new String(
                            sources[index], offsets[index], lengths[index], StandardCharsets.UTF_8);
            texts[index] = text;
        }
        return text;
    }

    byte[] bytesOf(int index) {
        return sources[index];
    }

    int offsetOf(int index) {
        return offsets[index];
    }

    int lengthOf(int index) {
        return lengths[index];
    }

    private void ensure(int further) {
        int needed = size + further;
        if (needed > sources.length) {
            int capacity = Math.max(needed, sources.length * 2);
            sources = Arrays.copyOf(sources, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            texts = Arrays.copyOf(texts, capacity);
        }
    }
}
