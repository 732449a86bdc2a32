package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;

class BitEncodingTest {
    abstract static class Contract extends EncodingTest<long[]> {
        private final BitEncoding encoding;

        Contract(BitEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        long[] values(int count) {
            long[] words = new long[Batch.MAX_ROWS / 64];
            int stay = random.nextInt(200) + 1;
            boolean bit = random.nextBoolean();
            for (int i = 0; i < Batch.MAX_ROWS; i++) {
                bit ^= random.nextInt(stay) == 0;
                words[i >> 6] |= (bit ? 1L : 0L) << i;
            }
            return words;
        }

        @Override
        void write(long[] values, int count, ByteSink sink) {
            BitEncoding.write(encoding, values, count, scratch, sink);
        }

        @Override
        long[] read(ByteSource source, int count) {
            long[] out = new long[Batch.MAX_ROWS / 64];
            Arrays.fill(out, random.nextLong());
            BitEncoding.read(source, count, scratch, out);
            return out;
        }

        @Override
        void assertSame(long[] expected, long[] found, int count) {
            int runs = 1;
            for (int i = 0; i < count; i++) {
                assertEquals(Validity.isValid(expected, i), Validity.isValid(found, i));
                runs +=
                        i > 0 && Validity.isValid(found, i) != Validity.isValid(found, i - 1)
                                ? 1
                                : 0;
            }
            assertEquals(runs, BitEncoding.runCount(expected, count));
            if ((count & 63) != 0) {
                assertEquals(0, found[count >> 6] >>> count);
            }
        }
    }

    @Nested
    class Constant extends Contract {
        Constant() {
            super(ConstantBits.INSTANCE);
        }

        @Override
        long[] values(int count) {
            long[] words = new long[Batch.MAX_ROWS / 64];
            Arrays.fill(words, random.nextBoolean() ? -1L : 0L);
            return words;
        }
    }

    @Nested
    class Plain extends Contract {
        Plain() {
            super(PlainBits.INSTANCE);
        }
    }

    @Nested
    class Run extends Contract {
        Run() {
            super(RunBits.INSTANCE);
        }
    }
}
