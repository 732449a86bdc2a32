package io.basaltdb.benchmarks.suite;

import java.nio.file.Path;
import java.util.List;

/// How a suite is run.
///
/// @param engines the engine that is measured, then those it is compared with
/// @param warmups runs of each query and engine before those that count
/// @param runs runs that count; the median is reported
/// @param profile whether each query is explained once more after the measurement
/// @param flame whether each query is run for some seconds more under the flight recorder, for a picture of its stacks
/// @param dataFolder where generated files are kept
/// @param workFolder where databases are made
/// @param resultFolder where results are written
public record SuiteOptions(
        List<String> engines,
        int warmups,
        int runs,
        int threads,
        boolean profile,
        boolean flame,
        Path dataFolder,
        Path workFolder,
        Path resultFolder) {
    public SuiteOptions {
        engines = List.copyOf(engines);
        if (runs < 1 || warmups < 0) {
            throw new IllegalArgumentException(
                    "at least one run and no negative warm-up, found " + runs + " and " + warmups);
        }
    }
}
