package io.basaltdb.storage.table;

/// Which row numbers stand in an array that only grows: an open table of places in it, made where they are too many to look through. One thread adds.
/// Others ask, each about the first rows of the array, as many as were there when it was told of them; what came later they pass over.
final class RowPlaces {
    private static final int GOLDEN = 0x9e3779b9;

    // Places counted from 1; 0 where there is none.
    private final int[] slots;
    private final int shift;

    private RowPlaces(int bits) {
        this.slots = new int[1 << bits];
        this.shift = Integer.SIZE - bits;
    }

    /// A table of the first `count` rows, with room for as many more.
    static RowPlaces of(int[] rows, int count) {
        RowPlaces places = new RowPlaces(34 - Integer.numberOfLeadingZeros(Math.max(1, count)));
        places.add(rows, 0, count);
        return places;
    }

    /// Whether so many rows are at most half of what there is room for.
    boolean hasRoom(int count) {
        return count <= slots.length / 2;
    }

    /// Adds the rows from place `from` to before `to`, which are not there yet.
    void add(int[] rows, int from, int to) {
        int mask = slots.length - 1;
        for (int place = from; place < to; place++) {
            int slot = (rows[place] * GOLDEN) >>> shift;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = place + 1;
        }
    }

    /// Whether the row is one of the first `count`.
    boolean contains(int row, int[] rows, int count) {
        int mask = slots.length - 1;
        int slot = (row * GOLDEN) >>> shift;
        int place = slots[slot];
        while (place != 0 && (place > count || rows[place - 1] != row)) {
            slot = slot + 1 & mask;
            place = slots[slot];
        }
        return place != 0;
    }
}
