package io.basaltdb.storage.part;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.io.RandomReader;
import java.util.Arrays;

/// Which primary keys a part may hold, and in which rows. The **filter** stays in memory: a blocked Bloom filter of 12 bits per key that lets one
/// absent key in about 250 pass. The **entries** say in which rows a hash stands and are read from the file, a block at a time; a
/// part whose sort key begins with the primary key has none, since its sparse index finds the granule.
///
/// Both know hashes only: whether a row really has the key is seen by reading it. The bytes are specified in the package.
final class KeyIndex {
    /// Entries of a block.
    static final int BLOCK_ENTRIES = 512;

    private static final int WORDS_PER_BUCKET = 8;
    private static final int BITS_PER_KEY = 12;
    private static final int MAX_BUCKETS = 1 << 27;
    private static final int BUCKETS_IN_CACHE = 1 << 13;
    private static final int NEARBY_BITS = 7;
    private static final int[] SALTS = {
        0x47b6137b,
        0x44974d91,
        0x8824ad5b,
        0xa2b7289d,
        0x705495c7,
        0x2df1424b,
        0x9efc4947,
        0x5c6bfb31
    };

    private final PartId part;
    private final long[] filter;
    private final int[] firstHashes;
    private final int[] checksums;
    private final long entryCount;

    private KeyIndex(
            PartId part, long[] filter, int[] firstHashes, int[] checksums, long entryCount) {
        this.part = part;
        this.filter = filter;
        this.firstHashes = firstHashes;
        this.checksums = checksums;
        this.entryCount = entryCount;
    }

    // ---- Writing

    /// The entries of rows with those hashes, ascending.
    static long[] entries(long[] hashes) {
        long[] entries = new long[hashes.length];
        for (int row = 0; row < entries.length; row++) {
            // unsigned order as signed order, so that the library sorts it
            entries[row] = ((hashes[row] & 0xffffffff00000000L) ^ Long.MIN_VALUE) | row;
        }
        Arrays.sort(entries);
        for (int i = 0; i < entries.length; i++) {
            entries[i] ^= Long.MIN_VALUE;
        }
        return entries;
    }

    static int blockCount(long entryCount) {
        return (int) ((entryCount + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES);
    }

    /// The filter over the hashes, and where the blocks of the entries begin.
    static void writeHead(PartId part, long[] hashes, long[] entries, ByteSink sink) {
        long[] filter = filter(hashes);
        sink.putVarint(filter.length / WORDS_PER_BUCKET);
        sink.putLongs(filter, filter.length);
        sink.putVarint(entries.length);
        ByteSink block = new ByteSink();
        for (int from = 0; from < entries.length; from += BLOCK_ENTRIES) {
            block.clear();
            writeBlock(entries, from, block);
            sink.putInt((int) (entries[from] >>> 32));
            sink.putInt(PartFormat.checksum(part, block.array(), 0, block.size()));
        }
    }

    /// The entries of the block that begins with that one.
    static void writeBlock(long[] entries, int from, ByteSink sink) {
        int end = Math.min(entries.length, from + BLOCK_ENTRIES);
        for (int i = from; i < end; i++) {
            sink.putLong(entries[i]);
        }
    }

    private static long[] filter(long[] hashes) {
        long bits = (long) BITS_PER_KEY * Math.max(1, hashes.length);
        int buckets = (int) Math.min(MAX_BUCKETS, (bits + 511) / 512);
        long[] filter = new long[WORDS_PER_BUCKET * buckets];
        if (buckets <= BUCKETS_IN_CACHE) {
            fill(filter, hashes);
        } else {
            fill(filter, nearby(hashes));
        }
        return filter;
    }

    private static void fill(long[] filter, long[] hashes) {
        int buckets = filter.length / WORDS_PER_BUCKET;
        for (long hash : hashes) {
            int at = bucket(hash, buckets);
            for (int i = 0; i < WORDS_PER_BUCKET; i++) {
                filter[at + i] |= 1L << (((int) hash * SALTS[i]) >>> 26);
            }
        }
    }

    /// The hashes in the order of their first bits, so that those that come one after the other have buckets that stand close together: a filter that no
    /// cache holds is filled four times as fast.
    private static long[] nearby(long[] hashes) {
        int[] next = new int[1 << NEARBY_BITS];
        for (long hash : hashes) {
            next[(int) (hash >>> -NEARBY_BITS)]++;
        }
        int from = 0;
        for (int i = 0; i < next.length; i++) {
            int count = next[i];
            next[i] = from;
            from += count;
        }
        long[] ordered = new long[hashes.length];
        for (long hash : hashes) {
            ordered[next[(int) (hash >>> -NEARBY_BITS)]++] = hash;
        }
        return ordered;
    }

    private static int bucket(long hash, int buckets) {
        return WORDS_PER_BUCKET * (int) (((hash >>> 32) * buckets) >>> 32);
    }

    // ---- Reading

    /// @throws io.basaltdb.storage.error.BasaltException where the bytes say what cannot be
    static KeyIndex read(PartId part, ByteSource source, long rowCount) {
        int buckets = source.getCount(MAX_BUCKETS);
        if (buckets == 0) {
            throw ByteSource.malformed("a key filter without bits");
        }
        long[] filter = new long[WORDS_PER_BUCKET * buckets];
        source.getLongs(filter, filter.length);
        long entryCount = source.getCount(Integer.MAX_VALUE);
        if (entryCount != 0 && entryCount != rowCount) {
            throw ByteSource.malformed(entryCount + " entries of keys for " + rowCount + " rows");
        }
        int blocks = blockCount(entryCount);
        int[] firstHashes = new int[blocks];
        int[] checksums = new int[blocks];
        for (int b = 0; b < blocks; b++) {
            firstHashes[b] = source.getInt();
            checksums[b] = source.getInt();
        }
        source.expectEnd();
        return new KeyIndex(part, filter, firstHashes, checksums, entryCount);
    }

    /// False where no row has that hash.
    boolean mayHold(long hash) {
        int at = bucket(hash, filter.length / WORDS_PER_BUCKET);
        long found = 1;
        for (int i = 0; i < WORDS_PER_BUCKET; i++) {
            found &= filter[at + i] >>> (((int) hash * SALTS[i]) >>> 26);
        }
        return found != 0;
    }

    /// Whether [#rows] answers.
    boolean hasEntries() {
        return entryCount > 0;
    }

    /// Adds the rows whose hash begins as that one does.
    ///
    /// @param position of the entries in the file
    void rows(long hash, RandomReader file, long position, RowList target) {
        int wanted = (int) (hash >>> 32);
        int block = firstBlock(wanted);
        byte[] bytes = new byte[Long.BYTES * BLOCK_ENTRIES];
        for (; block < firstHashes.length; block++) {
            if (Integer.compareUnsigned(firstHashes[block], wanted) > 0) {
                return;
            }
            int count = (int) Math.min(BLOCK_ENTRIES, entryCount - (long) block * BLOCK_ENTRIES);
            ByteSource entries = block(block, count, bytes, file, position);
            for (int i = 0; i < count; i++) {
                long entry = entries.getLong();
                if ((int) (entry >>> 32) == wanted) {
                    target.add((int) entry);
                }
            }
        }
    }

    /// The last block that begins below the hash: the first that can hold it.
    private int firstBlock(int wanted) {
        int low = 0;
        int high = firstHashes.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (Integer.compareUnsigned(firstHashes[middle], wanted) < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private ByteSource block(int block, int count, byte[] bytes, RandomReader file, long position) {
        int length = Long.BYTES * count;
        file.read(position + (long) Long.BYTES * BLOCK_ENTRIES * block, bytes, 0, length);
        int found = PartFormat.checksum(part, bytes, 0, length);
        if (found != checksums[block]) {
            throw PartFormat.corrupt(
                    part,
                    String.format(
                            "block %d of its key index has checksum %08x, expected %08x",
                            block, found, checksums[block]));
        }
        return new ByteSource(bytes, 0, length);
    }
}
