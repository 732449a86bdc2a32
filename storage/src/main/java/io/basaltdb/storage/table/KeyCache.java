package io.basaltdb.storage.table;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Decoded keys of granules in which keys were looked for, where a key is one number: a table whose rows are replaced all the time is asked for the
/// same granules again and again, and decoding one costs as much as the rest of a lookup. Each granule may stand in one of a few slots, of which
/// those that come later take over one after the other. Safe for use by many threads.
final class KeyCache {
    private static final long BYTES_PER_SLOT = 32 << 10;
    private static final int MAX_SETS = 1 << 18;
    private static final int SLOTS_PER_SET = 4;
    private static final int GOLDEN = 0x9e3779b9;

    private final AtomicReferenceArray<@Nullable Entry> slots;
    private final int setCount;
    // Which slot of a set is taken over next; threads may lose each other's count.
    private int turn;

    /// @param keys one per row of the granule; not to be written
    private record Entry(PartHandle part, int granule, long[] keys) {}

    /// @param maxBytes what all keys may take
    KeyCache(long maxBytes) {
        this.setCount = Math.clamp(maxBytes / BYTES_PER_SLOT / SLOTS_PER_SET, 1, MAX_SETS);
        this.slots = new AtomicReferenceArray<>(setCount * SLOTS_PER_SET);
    }

    /// The first slot of the granule's set.
    private int set(PartHandle part, int granule) {
        int hash = (part.id().hashCode() + granule) * GOLDEN;
        return (int) (Integer.toUnsignedLong(hash) * setCount >>> Integer.SIZE) * SLOTS_PER_SET;
    }

    @SuppressWarnings("ReferenceEquality") // a part has one handle
    long @Nullable [] find(PartHandle part, int granule) {
        int set = set(part, granule);
        for (int i = 0; i < SLOTS_PER_SET; i++) {
            Entry entry = slots.get(set + i);
            if (entry != null && entry.granule == granule && entry.part == part) {
                return entry.keys;
            }
        }
        return null;
    }

    void put(PartHandle part, int granule, long[] keys) {
        int set = set(part, granule);
        int slot = set + (turn++ & SLOTS_PER_SET - 1);
        for (int i = SLOTS_PER_SET - 1; i >= 0; i--) {
            slot = slots.get(set + i) == null ? set + i : slot;
        }
        slots.set(slot, new Entry(part, granule, keys));
    }
}
