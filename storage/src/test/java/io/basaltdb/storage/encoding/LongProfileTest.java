package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.vector.Batch;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// The loops over narrow numbers against the plain ones.
final class LongProfileTest {
    private final EncodingScratch scratch = new EncodingScratch();

    @RepeatedTest(300)
    void isTheSameOfNarrowNumbers(RepetitionInfo info) {
        Random random = new Random(5200 + info.getCurrentRepetition());
        long[] values = new long[1 + random.nextInt(Batch.MAX_ROWS)];
        int bits = 1 + random.nextInt(34);
        long[] bases = {
            0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE - 5L, random.nextLong(), 1L << 31
        };
        long base = bases[random.nextInt(bases.length)];
        int percentRepeated = random.nextInt(101);
        for (int i = 0; i < values.length; i++) {
            boolean repeated = i > 0 && random.nextInt(100) < percentRepeated;
            values[i] = repeated ? values[i - 1] : base + (random.nextLong() >> (64 - bits));
        }
        assertEquals(
                LongProfile.of(values, values.length),
                LongProfile.of(values, values.length, scratch),
                () -> bits + " bits from " + base);
    }
}
