package io.basaltdb.storage.table;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Decoded keys of granules in which keys were looked for, where a key is one number: a table whose rows are replaced all the time is asked for the
/// same granules again and again, and decoding one costs as much as the rest of a lookup. Each granule has one slot, which the next one with the
/// same slot takes over. Safe for use by many threads.
final class KeyCache {
    private static final long BYTES_PER_SLOT = 32 << 10;

    private final AtomicReferenceArray<@Nullable Entry> slots;

    /// @param keys one per row of the granule; not to be written
    private record Entry(PartHandle part, int granule, long[] keys) {}

    /// @param maxBytes what all keys may take
    KeyCache(long maxBytes) {
        long count = Long.highestOneBit(Math.max(1, maxBytes / BYTES_PER_SLOT)); // a mask finds it
        this.slots = new AtomicReferenceArray<>((int) Math.min(1 << 20, count));
    }

    private int slot(PartHandle part, int granule) {
        return (part.id().hashCode() + granule) & (slots.length() - 1);
    }

    @SuppressWarnings("ReferenceEquality") // a part has one handle
    long @Nullable [] find(PartHandle part, int granule) {
        Entry entry = slots.get(slot(part, granule));
        return entry != null && entry.part == part && entry.granule == granule ? entry.keys : null;
    }

    void put(PartHandle part, int granule, long[] keys) {
        slots.set(slot(part, granule), new Entry(part, granule, keys));
    }
}
