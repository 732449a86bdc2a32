package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;

/// Texts gathered one by one into a vector, as many as come. Used again from batch to batch.
public final class TextParts {
    private byte[] heap = new byte[256];
    private int used;
    private int size;
    private boolean hasNulls;
    private int[] start = new int[64];
    private int[] length = new int[64];
    private long[] validity = new long[1];

    public void clear() {
        truncate(0);
        hasNulls = false;
    }

    public int size() {
        return size;
    }

    /// Forgets all but the first ones.
    public void truncate(int newSize) {
        size = newSize;
        used = newSize == 0 ? 0 : start[newSize - 1] + length[newSize - 1];
    }

    /// Appends to the text that [#end] ends.
    void append(byte[] from, int at, int count) {
        heap = Scratch.grown(heap, used + count);
        System.arraycopy(from, at, heap, used, count);
        used += count;
    }

    void append(int oneByte) {
        heap = Scratch.grown(heap, used + 1);
        heap[used++] = (byte) oneByte;
    }

    /// The bytes appended since the last end are a text.
    void end() {
        int lane = grow();
        start[lane] = lane == 0 ? 0 : start[lane - 1] + length[lane - 1];
        length[lane] = used - start[lane];
        Validity.setValid(validity, lane);
    }

    void addNull() {
        int lane = grow();
        start[lane] = used;
        length[lane] = 0;
        Validity.setNull(validity, lane);
        hasNulls = true;
    }

    private int grow() {
        start = Scratch.grown(start, size + 1);
        length = Scratch.grown(length, size + 1);
        if (validity.length < Validity.words(size + 1)) {
            validity = Arrays.copyOf(validity, 2 * validity.length);
        }
        return size++;
    }

    /// All of them, lent until the next [#clear].
    public BytesVector vector() {
        return new BytesVector(Type.TEXT, size, heap, start, length, hasNulls ? validity : null);
    }
}
