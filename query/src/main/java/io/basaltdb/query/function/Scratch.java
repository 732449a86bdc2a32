package io.basaltdb.query.function;

import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;

/// Arrays that are used again from batch to batch.
public final class Scratch {
    private Scratch() {}

    /// The array, or a new one where it is too small.
    public static long[] longs(long[] array, int size) {
        return array.length >= size ? array : new long[room(size)];
    }

    public static double[] doubles(double[] array, int size) {
        return array.length >= size ? array : new double[room(size)];
    }

    public static int[] ints(int[] array, int size) {
        return array.length >= size ? array : new int[room(size)];
    }

    /// The array with its contents, or a copy of at least twice its length where it is too small.
    public static int[] grown(int[] array, int size) {
        return array.length >= size
                ? array
                : Arrays.copyOf(array, Math.max(size, 2 * array.length));
    }

    /// As [#grown(int[], int)].
    public static byte[] grown(byte[] array, int size) {
        return array.length >= size
                ? array
                : Arrays.copyOf(array, Math.max(size, 2 * array.length));
    }

    /// Small batches grow a few times, large ones get the room of a full batch at once.
    private static int room(int size) {
        return size <= 64 ? 64 : size <= 512 ? 512 : Math.max(size, Batch.MAX_ROWS);
    }
}
