package io.basaltdb.benchmarks.hits;

/// Hashes as random draws: the same arguments give the same draw, in any order and on any thread.
final class Draw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Draw() {}

    /// A bijection of 64-bit values whose output bits look random (the finisher of SplitMix64).
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// The value that [#mix] maps to `mixed`.
    static long unmix(long mixed) {
        long z = mixed;
        z = (z ^ (z >>> 31) ^ (z >>> 62)) * 0x319642B2D24D8EC3L;
        z = (z ^ (z >>> 27) ^ (z >>> 54)) * 0x96DE1B173F119089L;
        return z ^ (z >>> 30) ^ (z >>> 60);
    }

    /// An independent draw for each `salt` under the same `key`.
    static long of(long key, long salt) {
        return mix(key + (salt + 1) * GOLDEN);
    }

    /// A draw as a number in [0, 1).
    static double unit(long draw) {
        return (draw >>> 11) * 0x1.0p-53;
    }

    /// Whether something of that share happens.
    static boolean happens(long draw, double share) {
        return unit(draw) < share;
    }

    /// A number below `bound`, all equally likely.
    static int below(long draw, int bound) {
        return (int) (((draw >>> 32) * bound) >>> 32);
    }

    /// A number below `bound`; the higher the power, the more often a low one. Power 1 prefers none.
    static long skewed(long draw, long bound, int power) {
        double unit = unit(draw);
        double skewed = unit;
        for (int i = 1; i < power; i++) {
            skewed *= unit;
        }
        return (long) (skewed * bound);
    }
}
