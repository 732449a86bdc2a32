package io.basaltdb.storage.table;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds rows of a [RowStore] by primary key: of the rows of one key the newest. The store's writer adds rows, any thread asks.
///
/// An open table with one word per key: half of its hash, which also says where it belongs, and which row it is, counted from the first. So a key that
/// is not there mostly costs one look at memory; the keys themselves are compared where they lie, in the chunks.
final class KeyMap {
    private static final int SMALLEST = 16;
    private static final long ROW_BITS = 0xffff_ffffL;
    private static final long HASH_BITS = ~ROW_BITS;

    private final int[] positions;
    // All guarded by this. Of the rows of one key that came before another; null where nobody asks.
    private final @Nullable Map<Long, Long> earlier;
    private @Nullable DeltaView rows;
    private long firstSequence;
    // The high half of the hash, and in the low one the row's number counted from 1; 0 where there
    // is
    // none.
    private long[] slots = new long[SMALLEST];
    private int used;
    private volatile long sizeBytes = 8L * SMALLEST;

    /// @param positions of the key's columns
    /// @param remembersEarlier whether [#earlier] answers
    KeyMap(int[] positions, boolean remembersEarlier) {
        this.positions = positions;
        this.earlier = remembersEarlier ? new HashMap<>() : null;
    }

    /// Another of the same kind, without rows.
    KeyMap empty() {
        return empty(positions);
    }

    /// Another of the same kind, without rows, for keys that stand at other positions.
    KeyMap empty(int[] others) {
        return new KeyMap(others, earlier != null);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// Adds the view's rows from that sequence number on.
    synchronized void add(DeltaView view, long from) {
        rows = view;
        firstSequence = used == 0 ? from : firstSequence;
        for (int c = view.chunkOf(from); c < view.chunkCount(); c++) {
            Chunk chunk = view.chunks()[c];
            int first = (int) Math.max(0, from - chunk.firstSequence());
            KeyBatch keys = KeyBatch.of(chunk, positions, first, view.rows(c));
            for (int i = 0; i < keys.count(); i++) {
                put(keys, i, chunk.firstSequence() + first + i);
            }
        }
    }

    private void put(KeyBatch keys, int index, long sequence) {
        int slot = slot(keys, index);
        long before = sequence(slots[slot]);
        slots[slot] = (keys.hashes()[index] & HASH_BITS) | (sequence - firstSequence + 1);
        if (before >= 0) {
            if (earlier != null) {
                earlier.put(sequence, before);
            }
        } else if (++used > slots.length / 2) {
            grow();
        }
    }

    /// The sequence number of the row in a slot, −1 where there is none.
    private long sequence(long slot) {
        return slot == 0 ? -1 : firstSequence - 1 + (slot & ROW_BITS);
    }

    private void grow() {
        long[] old = slots;
        long[] grown = new long[2 * old.length];
        int mask = grown.length - 1;
        for (long slot : old) {
            if (slot != 0) {
                int at = (int) (slot >>> Integer.SIZE) & mask;
                while (grown[at] != 0) {
                    at = at + 1 & mask;
                }
                grown[at] = slot;
            }
        }
        slots = grown;
        sizeBytes = 8L * grown.length;
    }

    /// The slot of the key, or the empty one where it belongs.
    private int slot(KeyBatch keys, int index) {
        long hash = keys.hashes()[index] & HASH_BITS;
        int mask = slots.length - 1;
        int at = (int) (hash >>> Integer.SIZE) & mask;
        while (slots[at] != 0
                && ((slots[at] & HASH_BITS) != hash
                        || !isKeyOf(sequence(slots[at]), keys, index))) {
            at = at + 1 & mask;
        }
        return at;
    }

    private boolean isKeyOf(long sequence, KeyBatch keys, int index) {
        DeltaView view = rows;
        assert view != null;
        Chunk chunk = view.chunks()[view.chunkOf(sequence)];
        int lane = (int) (sequence - chunk.firstSequence());
        boolean equal = true;
        for (int c = 0; c < positions.length && equal; c++) {
            equal =
                    KeyOrder.equal(
                            chunk.columns()[positions[c]],
                            lane,
                            keys.columns().get(c),
                            keys.from() + index);
        }
        return equal;
    }

    /// Per key the sequence number of its newest row, −1 where there is none.
    synchronized long[] newest(KeyBatch keys) {
        long[] found = new long[keys.count()];
        for (int i = 0; i < found.length; i++) {
            found[i] = sequence(slots[slot(keys, i)]);
        }
        return found;
    }

    /// Whether there are rows of one key.
    synchronized boolean hasEarlier() {
        assert earlier != null;
        return !earlier.isEmpty();
    }

    /// The row of the same key that came before that one, or −1.
    synchronized long earlier(long sequence) {
        assert earlier != null;
        return earlier.getOrDefault(sequence, -1L);
    }

    /// Says that no row before that one counts any more.
    synchronized void forgetEarlier(long sequence) {
        assert earlier != null;
        earlier.remove(sequence);
    }
}
