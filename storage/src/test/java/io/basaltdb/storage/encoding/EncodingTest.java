package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The contract of [Encoding], which every encoding inherits: each sequence of values that it takes comes back bit for bit, its bytes are
/// read to their end and no further, and bytes that are wrong lead to an error or to other values, never further.
abstract class EncodingTest<V> {
    static final List<Integer> SIZES =
            List.of(1, 2, 31, 32, 33, 63, 64, 65, 1000, 4095, Batch.MAX_ROWS);

    final EncodingScratch scratch = new EncodingScratch();
    final Random random;

    EncodingTest() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + ": -Dtest.seed=" + seed);
        random = new Random(seed);
    }

    /// Values of all kinds that the encoding takes.
    abstract V values(int count);

    abstract void write(V values, int count, ByteSink sink);

    /// Reads values into arrays that hold something else.
    abstract V read(ByteSource source, int count);

    abstract void assertSame(V expected, V found, int count);

    @Test
    void valuesComeBack() {
        for (int count : SIZES) {
            for (int round = 0; round < 20; round++) {
                V values = values(count);
                ByteSink sink = new ByteSink();
                sink.putByte(0x55);
                write(values, count, sink);
                int length = sink.size();
                sink.putByte(0x66);
                ByteSource source = new ByteSource(sink.toBytes());
                source.skip(1);
                assertSame(values, read(source, count), count);
                assertEquals(length, source.position());
            }
        }
    }

    @Test
    void bytesThatEndEarlyAreRefused() {
        for (int count : List.of(1, 33, 1000)) {
            V values = values(count);
            ByteSink sink = new ByteSink();
            write(values, count, sink);
            for (int length = 0; length < sink.size(); length += 1 + length / 9) {
                ByteSource source = new ByteSource(sink.toBytes(), 0, length);
                assertTrue(fails(() -> read(source, count)), "length " + length);
            }
        }
    }

    @Test
    void wrongBytesLeadNowhere() {
        for (int round = 0; round < 3000; round++) {
            int count = SIZES.get(random.nextInt(SIZES.size() - 3));
            ByteSink sink = new ByteSink();
            write(values(count), count, sink);
            byte[] bytes = sink.toBytes();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            fails(() -> read(new ByteSource(bytes), count));
        }
    }

    /// Only what a caller turns into a named error may come out: our own exception, or an index outside an array.
    private static boolean fails(Runnable action) {
        try {
            action.run();
            return false;
        } catch (BasaltException | IndexOutOfBoundsException | ArithmeticException e) {
            return true;
        }
    }
}
