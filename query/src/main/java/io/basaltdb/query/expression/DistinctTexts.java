package io.basaltdb.query.expression;

import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import java.util.Arrays;

/// Gives distinct strings the codes 0, 1, 2 … in the order of their first appearance, and makes a dictionary of them. For one thread.
public final class DistinctTexts {
    private static final int MIN_SLOTS = 1 << 10;

    private final Type type;

    /// Code + 1 of the string in that slot, 0 where it is free; beside it the upper half of the string's hash.
    private int[] slots = new int[2 * MIN_SLOTS];

    private byte[] heap = new byte[1 << 12];
    private int used;
    private int[] start = new int[MIN_SLOTS];
    private int[] length = new int[MIN_SLOTS];
    private int size;

    public DistinctTexts(Type type) {
        this.type = type;
    }

    /// Bytes of memory held, about.
    long sizeBytes() {
        return heap.length + 4L * slots.length + 8L * start.length;
    }

    /// The string's code, new or old.
    public int add(byte[] source, int from, int count) {
        long hash = Hashing.bytes(source, from, count);
        int tag = (int) (hash >>> 32);
        int mask = (slots.length >> 1) - 1;
        int slot = (int) hash & mask;
        while (slots[2 * slot] != 0) {
            int code = slots[2 * slot] - 1;
            if (slots[2 * slot + 1] == tag && isAt(code, source, from, count)) {
                return code;
            }
            slot = slot + 1 & mask;
        }
        return insert(slot, tag, source, from, count);
    }

    private boolean isAt(int code, byte[] source, int from, int count) {
        int at = start[code];
        return Arrays.equals(heap, at, at + length[code], source, from, from + count);
    }

    private int insert(int slot, int tag, byte[] source, int from, int count) {
        int code = size++;
        start = Scratch.grown(start, size);
        length = Scratch.grown(length, size);
        heap = Scratch.grown(heap, used + count);
        System.arraycopy(source, from, heap, used, count);
        start[code] = used;
        length[code] = count;
        used += count;
        slots[2 * slot] = code + 1;
        slots[2 * slot + 1] = tag;
        if (size * 8 > slots.length * 3) {
            enlarge();
        }
        return code;
    }

    private void enlarge() {
        int[] larger = new int[slots.length * 2];
        int mask = (larger.length >> 1) - 1;
        for (int from = 0; from < slots.length; from += 2) {
            if (slots[from] == 0) {
                continue;
            }
            int code = slots[from] - 1;
            int slot = (int) Hashing.bytes(heap, start[code], length[code]) & mask;
            while (larger[2 * slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[2 * slot] = code + 1;
            larger[2 * slot + 1] = slots[from + 1];
        }
        slots = larger;
    }

    /// All strings under their codes, and the empty one where there is none.
    public Dictionary dictionary() {
        int count = Math.max(1, size);
        return new Dictionary(
                new BytesVector(
                        type,
                        count,
                        Arrays.copyOf(heap, used),
                        Arrays.copyOf(start, count),
                        Arrays.copyOf(length, count),
                        null),
                false);
    }
}
