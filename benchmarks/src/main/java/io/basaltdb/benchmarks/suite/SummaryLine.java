package io.basaltdb.benchmarks.suite;

import java.util.Locale;

/// The one line of a measurement to quote: everything a figure needs to be believed.
public final class SummaryLine {
    private final StringBuilder line = new StringBuilder("SUMMARY ");

    /// @param seed of the random numbers that were used
    public SummaryLine(String name, long seed) {
        line.append(name).append(" seed=").append(seed).append(" commit=").append(Commit.current());
    }

    public SummaryLine add(String name, String value) {
        line.append(' ').append(name).append('=').append(value);
        return this;
    }

    public SummaryLine add(String name, long value) {
        return add(name, Long.toString(value));
    }

    /// @param decimals digits after the point
    public SummaryLine add(String name, double value, int decimals) {
        return add(name, String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    public SummaryLine add(HostLoad host) {
        return add(
                        "load",
                        String.format(
                                Locale.ROOT, "%.2f..%.2f", host.loadBefore(), host.loadAfter()))
                .add("cpu/wall", host.cpuPerWall(), 2);
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
