package io.basaltdb.storage.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.basaltdb.storage.encoding.ValueHash;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Many numbers at once against one after the other.
final class DistinctSketchTest {
    @RepeatedTest(200)
    void seesTheSameTogetherAndOneByOne(RepetitionInfo info) {
        Random random = new Random(2000 + info.getCurrentRepetition());
        long[] values = new long[1 + random.nextInt(4096)];
        int bits = 1 + random.nextInt(64);
        long base = random.nextInt(4) == 0 ? Long.MAX_VALUE - 40 : random.nextLong();
        int percentRepeated = random.nextInt(101);
        for (int i = 0; i < values.length; i++) {
            boolean repeated = i > 0 && random.nextInt(100) < percentRepeated;
            values[i] = repeated ? values[i - 1] : base + (random.nextLong() >>> (64 - bits));
        }
        DistinctSketch together = new DistinctSketch();
        long min = Arrays.stream(values).min().orElseThrow();
        long max = Arrays.stream(values).max().orElseThrow();
        together.addAll(values, values.length, min, max);
        DistinctSketch single = new DistinctSketch();
        for (long value : values) {
            single.add(ValueHash.whole(value));
        }
        assertArrayEquals(single.toBytes(), together.toBytes());
    }
}
