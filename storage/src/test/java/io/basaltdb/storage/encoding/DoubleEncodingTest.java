package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DoubleEncodingTest {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        Double.NaN,
        Double.longBitsToDouble(0xFFF8_0000_0000_1234L),
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        0.1,
        1e22,
        0x1p53
    };

    abstract static class Contract extends EncodingTest<double[]> {
        private final DoubleEncoding encoding;

        Contract(DoubleEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        double[] values(int count) {
            double[] values = new double[count];
            int shape = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                values[i] =
                        switch (shape) {
                            case 0 -> Double.longBitsToDouble(random.nextLong());
                            case 1 -> SPECIAL[random.nextInt(SPECIAL.length)];
                            case 2 -> random.nextInt(1_000_000) / 100.0;
                            default ->
                                    i == 0 || random.nextInt(9) == 0
                                            ? random.nextGaussian()
                                            : values[i - 1];
                        };
            }
            return values;
        }

        @Override
        void write(double[] values, int count, ByteSink sink) {
            DoubleEncoding.write(encoding, values, count, scratch, sink);
        }

        @Override
        double[] read(ByteSource source, int count) {
            double[] out = new double[Batch.MAX_ROWS];
            Arrays.fill(out, 12.5);
            DoubleEncoding.read(source, count, scratch, out);
            return out;
        }

        @Test
        void someValuesAreTheSame() {
            for (int count : SIZES) {
                double[] values = values(count);
                ByteSink sink = new ByteSink();
                write(values, count, sink);
                int gap = 1 + random.nextInt(200);
                int[] indexes = new int[count];
                int some = 0;
                for (int i = random.nextInt(gap); i < count; i += 1 + random.nextInt(gap)) {
                    indexes[some++] = i;
                }
                ByteSource source = new ByteSource(sink.toBytes());
                double[] out = new double[Batch.MAX_ROWS];
                DoubleEncoding.readSome(source, count, indexes, some, scratch, out);
                source.expectEnd();
                for (int i = 0; i < some; i++) {
                    assertEquals(
                            Double.doubleToRawLongBits(values[indexes[i]]),
                            Double.doubleToRawLongBits(out[indexes[i]]));
                }
            }
        }

        @Override
        void assertSame(double[] expected, double[] found, int count) {
            for (int i = 0; i < count; i++) {
                assertEquals(
                        Double.doubleToRawLongBits(expected[i]),
                        Double.doubleToRawLongBits(found[i]));
            }
        }
    }

    @Nested
    class Plain extends Contract {
        Plain() {
            super(PlainDoubles.INSTANCE);
        }
    }

    @Nested
    class Bitwise extends Contract {
        Bitwise() {
            super(BitwiseDoubles.INSTANCE);
        }
    }

    @Nested
    class Decimal extends Contract {
        Decimal() {
            super(DecimalDoubles.ofExponent(2));
        }
    }

    @Nested
    class Floats extends Contract {
        Floats() {
            super(FloatDoubles.INSTANCE);
        }

        @Override
        double[] values(int count) {
            double[] values = super.values(count);
            for (int i = 0; i < count; i++) {
                values[i] = Double.isNaN(values[i]) ? Double.NaN : (float) values[i];
            }
            return values;
        }
    }

    @Test
    void theChooserTakesTheSmallForm() {
        assertEquals("decimal", chosen(i -> i * 7919 % 10_000 / 100.0));
        assertEquals("decimal", chosen(i -> i % 1000 == 7 ? Double.NaN : i * 0.5));
        assertEquals("float", chosen(i -> (float) Math.sqrt(i)));
        assertEquals("plain", chosen(i -> Math.sqrt(i) * ((i & 1) == 0 ? 1 : -1e100)));
        assertEquals("bitwise", chosen(i -> Math.sqrt(i / 500)));
    }

    private static String chosen(java.util.function.IntToDoubleFunction value) {
        double[] values = new double[4096];
        Arrays.setAll(values, value);
        return EncodingChooser.doubles(values, values.length, new EncodingScratch()).title();
    }
}
