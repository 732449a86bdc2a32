package io.basaltdb.storage.table;

import org.jspecify.annotations.Nullable;

/// Decoded keys of granules in which keys were looked for, where a key is one number: a table whose rows are replaced all the time is asked for the
/// same granules again and again, and decoding one costs as much as many lookups. Each part keeps those of its granules, where a lookup finds them
/// with one look at memory; here stands which there are, so that all together take no more than they may: the oldest go first. Safe for use
/// by many threads.
final class KeyCache {
    private static final long BYTES_PER_GRANULE = 32 << 10;
    private static final int MAX_GRANULES = 1 << 20;

    // All guarded by this. A ring: the next to go stands at `next`.
    private final @Nullable Place[] places;
    private int next;
    private long heldBytes;
    private final long maxBytes;

    private record Place(PartHandle part, int granule, long bytes) {}

    /// @param maxBytes what all keys may take
    KeyCache(long maxBytes) {
        this.maxBytes = maxBytes;
        this.places =
                new @Nullable Place[Math.clamp(maxBytes / BYTES_PER_GRANULE, 1, MAX_GRANULES)];
    }

    /// Lets the part keep the keys of a granule, one per row; they must not be written any more.
    synchronized void keep(PartHandle part, int granule, long[] keys) {
        Place oldest = places[next];
        if (oldest != null) {
            oldest.part.forgetKeys(oldest.granule);
            heldBytes -= oldest.bytes;
        }
        long bytes = (long) keys.length * Long.BYTES;
        places[next] = new Place(part, granule, bytes);
        heldBytes += bytes;
        next = (next + 1) % places.length;
        part.keepKeys(granule, keys);
    }

    /// Keys of parts that are gone count until others take their places.
    synchronized MemoryUse memory() {
        return new MemoryUse("keys of granules", heldBytes, maxBytes);
    }
}
