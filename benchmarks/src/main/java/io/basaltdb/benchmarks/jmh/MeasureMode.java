package io.basaltdb.benchmarks.jmh;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// How long JMH measures.
public enum MeasureMode {
    /// For the inner loop: a few seconds a benchmark, good to perhaps 20 %.
    SHORT(1, 3, 3, 300),
    /// For figures that are quoted.
    LONG(3, 5, 10, 1000);

    private final int forks;
    private final int warmups;
    private final int measurements;
    private final int iterationMillis;

    MeasureMode(int forks, int warmups, int measurements, int iterationMillis) {
        this.forks = forks;
        this.warmups = warmups;
        this.measurements = measurements;
        this.iterationMillis = iterationMillis;
    }

    ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
        return options.forks(forks)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(iterationMillis))
                .measurementIterations(measurements)
                .measurementTime(TimeValue.milliseconds(iterationMillis));
    }
}
