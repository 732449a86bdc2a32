package io.basaltdb.benchmarks.suite;

import java.util.List;

/// The middle of what was measured.
public final class Median {
    private Median() {}

    /// The middle of the values, or the mean of the two in the middle; not a number for none.
    public static double of(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
