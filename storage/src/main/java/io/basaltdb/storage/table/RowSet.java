package io.basaltdb.storage.table;

import java.util.Arrays;

/// Some row numbers of a part, to ask which of others are among them: an open table, made in one go. A bitmap takes ten times as long to make from
/// rows in no order.
final class RowSet {
    private static final int GOLDEN = 0x9e3779b9;

    private final int[] slots;
    private final int shift;

    private RowSet(int[] slots, int shift) {
        this.slots = slots;
        this.shift = shift;
    }

    static RowSet of(int[] rows, int count) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, count)); // at most half full
        int[] slots = new int[1 << bits];
        Arrays.fill(slots, -1);
        RowSet set = new RowSet(slots, 32 - bits);
        for (int i = 0; i < count; i++) {
            slots[set.slot(rows[i])] = rows[i];
        }
        return set;
    }

    boolean contains(int row) {
        return slots[slot(row)] == row;
    }

    private int slot(int row) {
        int mask = slots.length - 1;
        int slot = (row * GOLDEN) >>> shift;
        while (slots[slot] >= 0 && slots[slot] != row) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
