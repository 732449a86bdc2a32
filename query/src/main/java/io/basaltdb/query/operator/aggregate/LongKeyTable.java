package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keys of one word, in a table with open addressing whose slots hold key and group side by side: one cache line per probe. NULL of a single column
/// has a group of its own outside of the table.
final class LongKeyTable extends KeyTable {
    private static final int FIRST_SLOTS = 64;

    private final KeyLayout layout;

    /// Key, then group + 1 (0: free), per slot.
    private long[] slots = new long[2 * FIRST_SLOTS];

    /// Keys by group.
    private long[] keys = new long[FIRST_SLOTS / 2];

    private int mask = FIRST_SLOTS - 1;
    private int nullGroup = NO_GROUP;

    LongKeyTable(KeyLayout layout, Reservation reservation) {
        super(reservation);
        this.layout = layout;
        reservation.grow(bytes(FIRST_SLOTS));
    }

    private static long bytes(int slotCount) {
        return 16L * slotCount + 4L * slotCount;
    }

    @Override
    void findOrAdd(KeyBlock block, int rowCount, int[] groups) {
        long[] valid = layout.single ? block.validity : null;
        int from = 0;
        while (from < rowCount) {
            // As many rows as are sure to find room without growing.
            int to = (int) Math.min(rowCount, from + (long) keys.length - count);
            if (to == from) {
                grow();
                continue;
            }
            count =
                    valid == null
                            ? findOrAdd(
                                    block.words,
                                    block.hashes,
                                    from,
                                    to,
                                    slots,
                                    mask,
                                    keys,
                                    count,
                                    groups)
                            : findOrAddNullable(block, valid, from, to, groups);
            from = to;
        }
    }

    private static int findOrAdd(
            long[] words,
            long[] hashes,
            int from,
            int to,
            long[] slots,
            int mask,
            long[] keys,
            int count,
            int[] groups) {
        int known = count;
        for (int i = from; i < to; i++) {
            long key = words[i];
            int slot = (int) (hashes[i] >>> 12) & mask;
            long group;
            while ((group = slots[2 * slot + 1]) != 0 && slots[2 * slot] != key) {
                slot = (slot + 1) & mask;
            }
            if (group == 0) {
                keys[known] = key;
                slots[2 * slot] = key;
                group = ++known;
                slots[2 * slot + 1] = group;
            }
            groups[i] = (int) group - 1;
        }
        return known;
    }

    private int findOrAddNullable(KeyBlock block, long[] valid, int from, int to, int[] groups) {
        int known = count;
        for (int i = from; i < to; i++) {
            if ((valid[i >> 6] >>> i & 1) != 0) {
                known =
                        findOrAdd(
                                block.words,
                                block.hashes,
                                i,
                                i + 1,
                                slots,
                                mask,
                                keys,
                                known,
                                groups);
            } else {
                if (nullGroup == NO_GROUP) {
                    nullGroup = known++;
                    keys[nullGroup] = 0;
                }
                groups[i] = nullGroup;
            }
        }
        return known;
    }

    @Override
    void find(KeyBlock block, int rowCount, int[] groups) {
        find(block.words, block.hashes, rowCount, slots, mask, groups);
        long[] valid = layout.single ? block.validity : null;
        if (valid != null) {
            for (int i = 0; i < rowCount; i++) {
                if ((valid[i >> 6] >>> i & 1) == 0) {
                    groups[i] = nullGroup;
                }
            }
        }
    }

    private static void find(
            long[] words, long[] hashes, int count, long[] slots, int mask, int[] groups) {
        for (int i = 0; i < count; i++) {
            long key = words[i];
            int slot = (int) (hashes[i] >>> 12) & mask;
            long group;
            while ((group = slots[2 * slot + 1]) != 0 && slots[2 * slot] != key) {
                slot = (slot + 1) & mask;
            }
            groups[i] = (int) group - 1;
        }
    }

    @Override
    void expect(int moreGroups) {
        long slotCount = Long.highestOneBit(4L * (count + moreGroups) - 1);
        if (slotCount > mask + 1 && slotCount <= MOST_EXPECTED_SLOTS) {
            grow((int) slotCount);
        }
    }

    private void grow() {
        grow(2 * (mask + 1));
    }

    private void grow(int slotCount) {
        int before = mask + 1;
        reservation.grow(bytes(slotCount));
        long[] larger = new long[2 * slotCount];
        int newMask = slotCount - 1;
        for (int group = 0; group < count; group++) {
            if (group != nullGroup) {
                long key = keys[group];
                int slot = (int) (hash(key) >>> 12) & newMask;
                while (larger[2 * slot + 1] != 0) {
                    slot = (slot + 1) & newMask;
                }
                larger[2 * slot] = key;
                larger[2 * slot + 1] = group + 1L;
            }
        }
        keys = Arrays.copyOf(keys, slotCount / 2);
        slots = larger;
        mask = newMask;
        reservation.shrink(bytes(before));
    }

    /// The word of a group that is not NULL's alone.
    long key(int group) {
        return keys[group];
    }

    private long hash(long key) {
        return layout.single ? Hashing.mix(key) : Hashing.mix(Hashing.combine(1, key));
    }

    @Override
    long hash(int group) {
        return group == nullGroup ? KeyBlock.NULL_HASH : hash(keys[group]);
    }

    @Override
    void addFrom(KeyTable other, int[] from, int rowCount, int[] to) {
        LongKeyTable source = (LongKeyTable) other;
        long[] one = new long[1];
        long[] oneHash = new long[1];
        int[] found = new int[1];
        for (int i = 0; i < rowCount; i++) {
            if (count == keys.length) {
                grow();
            }
            int group = from[i];
            if (group == source.nullGroup) {
                if (nullGroup == NO_GROUP) {
                    nullGroup = count++;
                    keys[nullGroup] = 0;
                }
                to[i] = nullGroup;
            } else {
                one[0] = source.keys[group];
                oneHash[0] = hash(one[0]);
                count = findOrAdd(one, oneHash, 0, 1, slots, mask, keys, count, found);
                to[i] = found[0];
            }
        }
    }

    @Override
    Vector column(int column, int first, int rowCount, @Nullable Selection wanted) {
        return layout.single
                ? KeyColumns.single(layout, keys, nullGroup, first, rowCount)
                : KeyColumns.packed(layout, column, keys, first, rowCount, wanted);
    }

    @Override
    LongVector codes(int column, int first, int rowCount) {
        return KeyColumns.words(layout, column, keys, first, rowCount);
    }
}
