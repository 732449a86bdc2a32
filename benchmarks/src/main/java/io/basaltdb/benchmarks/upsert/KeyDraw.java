package io.basaltdb.benchmarks.upsert;

import java.util.SplittableRandom;

/// Which keys a batch of upserts names: no key twice.
public final class KeyDraw {
    /// How often a key comes compared with others.
    public enum Spread {
        /// Every key as often as any other.
        UNIFORM,
        /// Half of them out of three in a hundred, which stand all over the table.
        SKEWED
    }

    private static final double SKEW = 5;

    private final SplittableRandom random;
    private final Spread spread;
    private final int keyCount;
    // Number of the batch that drew the key last.
    private final int[] drawn;
    private int batch;

    public KeyDraw(long seed, Spread spread, int keyCount) {
        this.random = new SplittableRandom(seed);
        this.spread = spread;
        this.keyCount = keyCount;
        this.drawn = new int[keyCount];
    }

    /// Fills the array with different keys below the count of keys.
    public void next(int[] keys) {
        batch++;
        for (int i = 0; i < keys.length; i++) {
            int key = key();
            while (drawn[key] == batch) {
                key = key();
            }
            drawn[key] = batch;
            keys[i] = key;
        }
    }

    private int key() {
        return switch (spread) {
            case UNIFORM -> random.nextInt(keyCount);
            case SKEWED -> scattered((long) (keyCount * Math.pow(random.nextDouble(), SKEW)));
        };
    }

    /// Neighbours in rank stand far apart.
    private int scattered(long rank) {
        return (int) (rank * 1_000_000_007L % keyCount);
    }
}
