package io.basaltdb.benchmarks.hits;

import java.util.List;

/// Where the values of a column come from.
sealed interface Fill {

    /// Worked out by [HitWriter].
    record Computed() implements Fill {}

    /// Zero in `zeroShare` of the draws, else from `low` to `high`, low ones preferred by `power`.
    record Numbers(Level level, double zeroShare, long low, long high, int power) implements Fill {
        long value(long draw) {
            if (Draw.happens(draw, zeroShare)) {
                return 0;
            }
            return low + Draw.skewed(Draw.mix(draw), high - low + 1, power);
        }
    }

    /// Empty in `emptyShare` of the draws, else one of the values, the first ones preferred.
    record Choice(Level level, double emptyShare, List<byte[]> values) implements Fill {
        private static final byte[] EMPTY = {};

        public Choice {
            values = List.copyOf(values);
        }

        byte[] value(long draw) {
            if (Draw.happens(draw, emptyShare)) {
                return EMPTY;
            }
            return values.get((int) Draw.skewed(Draw.mix(draw), values.size(), 2));
        }
    }
}
