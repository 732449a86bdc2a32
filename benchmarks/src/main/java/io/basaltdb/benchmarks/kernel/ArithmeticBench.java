package io.basaltdb.benchmarks.kernel;

import io.basaltdb.query.kernel.Arithmetic;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Checked addition and the width of values over 4,096 longs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ArithmeticBench {
    private static final int COUNT = 4096;

    private final long[] left = new long[COUNT];
    private final long[] right = new long[COUNT];
    private final long[] out = new long[COUNT];

    /// Fills the operands.
    @Setup
    public void fill() {
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            left[i] = random.nextInt();
            right[i] = random.nextInt();
        }
    }

    /// The kernel of `+`.
    @Benchmark
    public long addChecked() {
        return Arithmetic.addChecked(left, right, out, COUNT);
    }

    /// The same, written out here.
    @Benchmark
    public long addCheckedByHand() {
        long[] a = left;
        long[] b = right;
        long[] c = out;
        long bad = 0;
        for (int i = 0; i < COUNT; i++) {
            long sum = a[i] + b[i];
            c[i] = sum;
            bad |= (a[i] ^ sum) & (b[i] ^ sum);
        }
        return bad;
    }

    /// The kernel that finds how wide values are.
    @Benchmark
    public int magnitudeBits() {
        return Arithmetic.magnitudeBits(left, COUNT);
    }

    /// The same, written out here.
    @Benchmark
    public int magnitudeBitsByHand() {
        long[] a = left;
        long union = 0;
        for (int i = 0; i < COUNT; i++) {
            union |= a[i] ^ (a[i] >> 63);
        }
        return 64 - Long.numberOfLeadingZeros(union);
    }
}
