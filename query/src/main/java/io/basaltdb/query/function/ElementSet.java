package io.basaltdb.query.function;

import io.basaltdb.storage.nested.ElementShape;
import java.util.Arrays;

/// A set of elements of one list, by their bytes. Used again from list to list.
final class ElementSet {
    private byte[] heap = {};
    private int[] table = new int[16];
    private int[] start = new int[16];
    private int[] end = new int[16];
    private int count;

    /// Forgets all elements; there is room for so many.
    void clear(int most) {
        int slots = Math.max(16, Integer.highestOneBit(Math.max(1, most)) * 4);
        if (table.length < slots) {
            table = new int[slots];
        }
        Arrays.fill(table, -1);
        start = Scratch.ints(start, most);
        end = Scratch.ints(end, most);
        count = 0;
    }

    int size() {
        return count;
    }

    /// Holds the elements of a list that are not NULL, instead of any before.
    void addAll(NestedArguments arguments, int argument, int row, ElementRuns runs) {
        byte[] from = arguments.heap(argument);
        runs.read(from, arguments.start(argument, row), arguments.shape(argument));
        clear(runs.count());
        for (int i = 0; i < runs.count(); i++) {
            if (!ElementShape.isNull(from, runs.start(i))) {
                add(from, runs.start(i), runs.end(i));
            }
        }
    }

    /// Adds the element; all that are added lie in the same array. False where it was there.
    boolean add(byte[] from, int at, int to) {
        heap = from;
        int slot = slot(from, at, to);
        if (table[slot] >= 0) {
            return false;
        }
        table[slot] = count;
        start[count] = at;
        end[count] = to;
        count++;
        return true;
    }

    boolean contains(byte[] from, int at, int to) {
        return count > 0 && table[slot(from, at, to)] >= 0;
    }

    /// Where the element is, or would be.
    private int slot(byte[] from, int at, int to) {
        int hash = 1;
        for (int i = at; i < to; i++) {
            hash = 31 * hash + from[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (table.length - 1);
        while (table[slot] >= 0
                && !Arrays.equals(heap, start[table[slot]], end[table[slot]], from, at, to)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
