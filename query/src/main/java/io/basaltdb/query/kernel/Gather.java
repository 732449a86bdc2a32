package io.basaltdb.query.kernel;

/// Values by code, and values moved to and from chosen rows.
public final class Gather {
    private Gather() {}

    public static void longs(long[] values, int[] codes, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = values[codes[i]];
        }
    }

    public static void doubles(double[] values, int[] codes, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = values[codes[i]];
        }
    }

    public static void ints(int[] values, int[] codes, int[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = values[codes[i]];
        }
    }

    /// Copies the chosen rows to the same rows of `out`.
    public static void longsAtRows(long[] values, int[] rows, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            out[row] = values[row];
        }
    }

    public static void doublesAtRows(double[] values, int[] rows, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            out[row] = values[row];
        }
    }
}
