package io.basaltdb.storage.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.testkit.RandomVectors;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Selection;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BytesEncodingTest {
    abstract static class Contract extends EncodingTest<BytesBlock> {
        private final BytesEncoding encoding;

        Contract(BytesEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        BytesBlock values(int count) {
            return block(new RandomVectors(random.nextLong()), count);
        }

        @Override
        void write(BytesBlock values, int count, ByteSink sink) {
            BytesEncoding.write(encoding, values, count, scratch, sink);
        }

        @Override
        BytesBlock read(ByteSource source, int count) {
            BytesBlock out = new BytesBlock();
            out.add(0, new byte[] {1, 2, 3}, 0, 3);
            BytesEncoding.read(source, count, null, scratch, out);
            return out;
        }

        @Override
        void assertSame(BytesBlock expected, BytesBlock found, int count) {
            for (int i = 0; i < count; i++) {
                assertTrue(equal(expected, found, i), "value " + i);
            }
        }

        @Test
        void wantedStringsAreThere() {
            for (int count : SIZES) {
                RandomVectors vectors = new RandomVectors(random.nextLong());
                BytesBlock values = values(count);
                ByteSink sink = new ByteSink();
                write(values, count, sink);
                Selection wanted = vectors.selection(count);
                BytesBlock out = new BytesBlock();
                BytesEncoding.read(new ByteSource(sink.toBytes()), count, wanted, scratch, out);
                for (int i = 0; i < (wanted == null ? count : wanted.count()); i++) {
                    assertTrue(equal(values, out, wanted == null ? i : wanted.rows()[i]));
                }
            }
        }
    }

    static BytesBlock block(RandomVectors vectors, int count) {
        BytesVector vector = (BytesVector) vectors.flat(Type.TEXT, count, false);
        BytesBlock block = new BytesBlock();
        for (int i = 0; i < count; i++) {
            block.add(i, vector.heap(), vector.start()[i], vector.length()[i]);
        }
        return block;
    }

    static boolean equal(BytesBlock a, BytesBlock b, int i) {
        return Arrays.equals(
                a.heap,
                a.start[i],
                a.start[i] + a.length[i],
                b.heap,
                b.start[i],
                b.start[i] + b.length[i]);
    }

    @Nested
    class Constant extends Contract {
        Constant() {
            super(ConstantBytes.INSTANCE);
        }

        @Override
        BytesBlock values(int count) {
            BytesBlock one = block(new RandomVectors(random.nextLong()), 1);
            BytesBlock block = new BytesBlock();
            for (int i = 0; i < count; i++) {
                block.add(i, one.heap, one.start[0], Math.min(one.length[0], 100));
            }
            return block;
        }
    }

    @Nested
    class Plain extends Contract {
        Plain() {
            super(PlainBytes.INSTANCE);
        }
    }

    @Nested
    class Dictionary extends Contract {
        Dictionary() {
            super(DictionaryBytes.INSTANCE);
        }
    }

    @Test
    void aTableSortsItsStrings() {
        for (int round = 0; round < 60; round++) {
            RandomVectors vectors = new RandomVectors(round);
            BytesTable table = new BytesTable();
            TreeSet<byte[]> expected = new TreeSet<>(Arrays::compareUnsigned);
            for (int i = 0; i < 3; i++) {
                BytesBlock block = block(vectors, 1000);
                for (int row = 0; row < 1000; row++) {
                    int code = table.add(block.heap, block.start[row], block.length[row]);
                    expected.add(
                            Arrays.copyOfRange(
                                    block.heap,
                                    block.start[row],
                                    block.start[row] + block.length[row]));
                    assertTrue(code < expected.size());
                }
            }
            assertEquals(expected.size(), table.size());
            int at = 0;
            int[] sorted = table.sortedCodes();
            for (byte[] text : expected) {
                int from = table.start(sorted[at]);
                assertTrue(
                        Arrays.equals(
                                text,
                                0,
                                text.length,
                                table.heap(),
                                from,
                                from + table.length(sorted[at])));
                at++;
            }
        }
    }
}
