package io.basaltdb.benchmarks.hits;

/// The people: a population of which the first are seen often and the last perhaps never.
final class Visitors {
    /// Population and preference are tuned to 18 % distinct users, addresses to about half as many.
    private static final double VISITORS_PER_ROW = 0.278;

    private static final int POWER = 2;
    private static final long SALT = 0x5E1F_00D5_AB1E_77A3L;
    private static final int VISITORS_PER_ADDRESS = 2;

    private final long population;

    Visitors(long rowCount) {
        population = Math.max(1, (long) (rowCount * VISITORS_PER_ROW));
    }

    long draw(long draw) {
        return userId(Draw.skewed(draw, population, POWER));
    }

    /// The identifier of the visitor of that rank; rank 0 comes most often.
    static long userId(long rank) {
        return Draw.mix(rank + SALT);
    }

    /// The network address of a visitor, shared with neighbours; now and then another one. Zero or more, so that
    /// queries may subtract from it.
    static int clientIp(long userId, long visitDraw) {
        long rank = Draw.unmix(userId) - SALT;
        long household = rank / VISITORS_PER_ADDRESS;
        boolean away = Draw.happens(Draw.of(visitDraw, 41), 0.06);
        return (int) (Draw.of(household, away ? 43 : 42) >>> 33);
    }
}
