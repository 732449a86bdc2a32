package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LongEncodingTest {
    abstract static class Contract extends EncodingTest<long[]> {
        private final LongEncoding encoding;

        Contract(LongEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        long[] values(int count) {
            long[] values = new long[count];
            int bits = random.nextInt(65);
            long base = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(1000) - 500;
            int shape = random.nextInt(5);
            long last = base;
            for (int i = 0; i < count; i++) {
                long step = bits == 0 ? 0 : random.nextLong() >>> (64 - bits);
                last =
                        switch (shape) {
                            case 0 -> base + step;
                            case 1 -> last + (step & 15);
                            case 2 -> random.nextInt(10) == 0 ? base + step : last;
                            case 3 -> base + (random.nextInt(100) == 0 ? step : step & 7);
                            default -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
                        };
                values[i] = last;
            }
            return values;
        }

        @Override
        void write(long[] values, int count, ByteSink sink) {
            LongProfile profile = LongProfile.of(values, count);
            LongEncoding.write(encoding, values, count, profile, scratch, sink);
        }

        @Override
        long[] read(ByteSource source, int count) {
            long[] out = new long[Batch.MAX_ROWS];
            Arrays.fill(out, random.nextLong());
            LongEncoding.read(source, count, scratch, out);
            return out;
        }

        @Test
        void readsSomeOfTheValues() {
            for (int round = 0; round < 50; round++) {
                int count = 1 + random.nextInt(Batch.MAX_ROWS);
                long[] values = values(count);
                ByteSink sink = new ByteSink();
                write(values, count, sink);
                int gap = 1 + random.nextInt(200);
                int[] indexes = new int[count];
                int some = 0;
                for (int i = random.nextInt(gap); i < count; i += 1 + random.nextInt(gap)) {
                    indexes[some++] = i;
                }
                ByteSource source = new ByteSource(sink.toBytes());
                long[] out = new long[Batch.MAX_ROWS];
                LongEncoding.readSome(source, count, indexes, some, scratch, out);
                source.expectEnd();
                for (int i = 0; i < some; i++) {
                    assertEquals(values[indexes[i]], out[indexes[i]]);
                }
            }
        }

        @Override
        void assertSame(long[] expected, long[] found, int count) {
            assertEquals(-1, Arrays.mismatch(expected, 0, count, found, 0, count));
        }
    }

    @Nested
    class Constant extends Contract {
        Constant() {
            super(ConstantLongs.INSTANCE);
        }

        @Override
        long[] values(int count) {
            long[] values = new long[count];
            Arrays.fill(values, random.nextLong() >> random.nextInt(64));
            return values;
        }
    }

    @Nested
    class Packed extends Contract {
        Packed() {
            super(PackedLongs.INSTANCE);
        }
    }

    @Nested
    class Delta extends Contract {
        Delta() {
            super(DeltaLongs.INSTANCE);
        }
    }

    @Nested
    class DeltaOfEvenSteps extends Contract {
        DeltaOfEvenSteps() {
            super(DeltaLongs.INSTANCE);
        }

        @Override
        long[] values(int count) {
            long[] values = new long[count];
            long first = random.nextLong();
            long step = random.nextLong() >> random.nextInt(64);
            Arrays.setAll(values, i -> first + i * step);
            return values;
        }
    }

    @Nested
    class Run extends Contract {
        Run() {
            super(RunLongs.INSTANCE);
        }
    }

    @Nested
    class Patched extends Contract {
        Patched() {
            super(PatchedLongs.INSTANCE);
        }
    }

    /// What the chooser takes for some plain cases.
    @Test
    void theChooserTakesTheSmallForm() {
        assertChosen(ConstantLongs.INSTANCE, i -> 7);
        assertChosen(PackedLongs.INSTANCE, i -> i * 7919L % 1000);
        assertChosen(DeltaLongs.INSTANCE, i -> 1_700_000_000_000L + i * 1000L + i % 3);
        assertChosen(RunLongs.INSTANCE, i -> i / 100 * 7919L % 100_000);
        assertChosen(PatchedLongs.INSTANCE, i -> i % 500 == 3 ? 1L << 40 : i * 7919L % 100);
    }

    private static void assertChosen(
            LongEncoding expected, java.util.function.IntToLongFunction value) {
        long[] values = new long[4096];
        Arrays.setAll(values, value);
        LongProfile profile = LongProfile.of(values, values.length);
        assertSame(expected, EncodingChooser.longs(values, values.length, profile));
    }

    @Test
    void onePackedValueIsFoundWithoutTheOthers() {
        java.util.Random random = new java.util.Random(5);
        for (int width = 0; width <= 64; width++) {
            int count = 1 + random.nextInt(4096);
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = width == 0 ? 0 : random.nextLong() >>> (64 - width);
            }
            int[] words = new int[8192];
            BitPacking.pack(values, count, 0, width, words);
            ByteSink sink = new ByteSink(16);
            sink.putByte(7); // the words begin anywhere
            sink.putInts(words, BitPacking.words(count, width));
            byte[] bytes = sink.toBytes();
            for (int i = 0; i < count; i++) {
                assertEquals(
                        values[i], BitPacking.get(bytes, 1, BitPacking.lanes(count), width, i));
            }
        }
    }
}
