package io.basaltdb.storage.part;

import java.util.Arrays;

/// Row numbers that are gathered, with room for more as they come.
public final class RowList {
    private int[] rows = new int[16];
    private int count;

    public void add(int row) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
        }
        rows[count++] = row;
    }

    public int count() {
        return count;
    }

    public int get(int index) {
        return rows[index];
    }

    public void clear() {
        count = 0;
    }
}
