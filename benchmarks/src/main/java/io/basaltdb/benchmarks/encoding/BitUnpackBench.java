package io.basaltdb.benchmarks.encoding;

import io.basaltdb.storage.encoding.BitPacking;
import io.basaltdb.storage.vector.Batch;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Unpacking and packing a granule, per value.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BitUnpackBench {
    private static final int COUNT = Batch.MAX_ROWS;

    @Param({"1", "7", "13", "20", "32", "40", "64"})
    public int width;

    private final long[] values = new long[COUNT];
    private final long[] out = new long[COUNT];
    private final int[] words = new int[BitPacking.words(COUNT, Long.SIZE)];

    @Setup
    public void pack() {
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            values[i] = random.nextLong() >>> (Long.SIZE - width);
        }
        BitPacking.pack(values, COUNT, 0, width, words);
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long[] unpack() {
        BitPacking.unpack(words, COUNT, width, 1, out);
        return out;
    }

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int[] packAgain() {
        BitPacking.pack(values, COUNT, 0, width, words);
        return words;
    }
}
