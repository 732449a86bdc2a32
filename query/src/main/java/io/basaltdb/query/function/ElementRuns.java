package io.basaltdb.query.function;

import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.nested.NestedWriter;
import java.util.Arrays;

/// Where the elements of one list begin and end, to be put into another order. Since the order of elements is that of their bytes, nothing of their type
/// needs to be known. Used again from list to list.
final class ElementRuns {
    private int[] start = new int[16];
    private int[] end = new int[16];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int start(int index) {
        return start[index];
    }

    int end(int index) {
        return end[index];
    }

    void add(int from, int to) {
        start = Scratch.grown(start, count + 1);
        end = Scratch.grown(end, count + 1);
        start[count] = from;
        end[count] = to;
        count++;
    }

    /// Finds the elements of the value at that place.
    void read(byte[] heap, int from, ElementShape shape) {
        clear();
        int at = from;
        while (ElementShape.isElement(heap, at)) {
            int behind = shape.skip(heap, at);
            add(at, behind);
            at = behind;
        }
    }

    boolean areEqual(byte[] heap, int left, int right) {
        return Arrays.equals(heap, start[left], end[left], heap, start[right], end[right]);
    }

    /// Whether the element is these bytes.
    boolean isEqual(byte[] heap, int index, byte[] other, int from, int to) {
        return Arrays.equals(heap, start[index], end[index], other, from, to);
    }

    /// Sorts the runs; equal ones keep their order.
    void sort(byte[] heap, boolean descending, boolean nullsFirst) {
        int[] rank = new int[count];
        for (int i = 0; i < count; i++) {
            rank[i] = i;
        }
        int[] sorted = mergeSort(rank, heap, descending, nullsFirst);
        int[] starts = new int[count];
        int[] ends = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = start[sorted[i]];
            ends[i] = end[sorted[i]];
        }
        System.arraycopy(starts, 0, start, 0, count);
        System.arraycopy(ends, 0, end, 0, count);
    }

    private int[] mergeSort(int[] items, byte[] heap, boolean descending, boolean nullsFirst) {
        int[] from = items;
        int[] to = new int[count];
        for (int width = 1; width < count; width *= 2) {
            for (int low = 0; low < count; low += 2 * width) {
                int middle = Math.min(low + width, count);
                int high = Math.min(low + 2 * width, count);
                int left = low;
                int right = middle;
                for (int k = low; k < high; k++) {
                    boolean takesLeft =
                            left < middle
                                    && (right >= high
                                            || compare(
                                                            heap,
                                                            from[left],
                                                            from[right],
                                                            descending,
                                                            nullsFirst)
                                                    <= 0);
                    to[k] = takesLeft ? from[left++] : from[right++];
                }
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private int compare(byte[] heap, int left, int right, boolean descending, boolean nullsFirst) {
        boolean leftNull = ElementShape.isNull(heap, start[left]);
        boolean rightNull = ElementShape.isNull(heap, start[right]);
        if (leftNull || rightNull) {
            int order = Boolean.compare(leftNull, rightNull);
            return nullsFirst ? -order : order;
        }
        int order =
                Arrays.compareUnsigned(
                        heap, start[left], end[left], heap, start[right], end[right]);
        return descending ? -order : order;
    }

    /// Writes the elements from one index to before another.
    void write(byte[] heap, int from, int to, NestedWriter out) {
        for (int i = from; i < to; i++) {
            out.putElements(heap, start[i], end[i] - start[i]);
        }
    }
}
