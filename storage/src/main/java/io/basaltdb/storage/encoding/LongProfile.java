package io.basaltdb.storage.encoding;

/// What the choice among the encodings of `long` values depends on.
///
/// @param count number of values, at least one
/// @param runCount number of runs of equal neighbours
/// @param minDelta least difference of neighbours, modulo 2^64; 0 for a single value
/// @param maxDelta greatest difference of neighbours, modulo 2^64; 0 for a single value
public record LongProfile(
        int count, long min, long max, int runCount, long minDelta, long maxDelta) {
    public static LongProfile of(long[] values, int count) {
        long min = values[0];
        long max = values[0];
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        if (min == max) {
            return new LongProfile(count, min, max, 1, 0, 0);
        }
        int runs = 1;
        long minDelta = Long.MAX_VALUE;
        long maxDelta = Long.MIN_VALUE;
        for (int i = 1; i < count; i++) {
            long delta = values[i] - values[i - 1];
            minDelta = Math.min(minDelta, delta);
            maxDelta = Math.max(maxDelta, delta);
            runs += delta != 0 ? 1 : 0;
        }
        return new LongProfile(count, min, max, runs, minDelta, maxDelta);
    }

    /// Bits of the values less their minimum.
    public int width() {
        return BitPacking.width(max - min);
    }

    /// Bits of the differences less their minimum.
    public int deltaWidth() {
        return BitPacking.width(maxDelta - minDelta);
    }
}
