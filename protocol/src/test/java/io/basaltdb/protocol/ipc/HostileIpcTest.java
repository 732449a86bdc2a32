package io.basaltdb.protocol.ipc;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged messages: either they still read, and then every value can be fetched, or they are
/// refused with the protocol's own error. Nothing else may happen.
class HostileIpcTest {
    private static final long SEED = Long.getLong("test.seed", 20261122L);
    private static final int MUTANTS = 60_000;

    @Test
    void mutantsAreReadOrRefused() {
        Random random = new Random(SEED);
        byte[] schema = IpcWriter.schemaBytes(SampleBatch.schema());
        byte[] dictionary = dictionary();
        byte[] batch = batch();
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            try {
                IpcReader reader =
                        new IpcReader(
                                IpcReader.readSchema(
                                        mutate(schema, i % 3 == 0, random), 0, schema.length));
                byte[] badDictionary = mutate(dictionary, i % 3 == 1, random);
                reader.read(badDictionary, 0, badDictionary.length);
                byte[] badBatch = mutate(batch, i % 3 == 2, random);
                WireBatch read = reader.read(badBatch, 0, badBatch.length);
                if (read != null) {
                    fetchAll(read);
                }
            } catch (ProtocolException expected) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", mutant " + i, e);
            }
        }
        System.out.println("seed " + SEED + ": " + refused + " of " + MUTANTS + " mutants refused");
        assertTrue(refused > MUTANTS / 10);
    }

    /// Every 32-bit word of the metadata, set to the values that break length checks.
    @Test
    void hostileWordsAreRefusedWithoutLargeAllocations() {
        byte[] batch = batch();
        byte[] dictionary = dictionary();
        IpcReader reader = new IpcReader(SampleBatch.schema());
        reader.read(dictionary, 0, dictionary.length);
        int[] hostile = {-1, Integer.MIN_VALUE, 0, 0x40000000, Integer.MAX_VALUE, 0x7FFFFFF8, 1};
        for (int at = 0; at + 4 <= batch.length; at += 4) {
            for (int word : hostile) {
                byte[] bad = batch.clone();
                io.basaltdb.protocol.frame.LittleEndian.putInt(bad, at, word);
                try {
                    WireBatch read = reader.read(bad, 0, bad.length);
                    if (read != null) {
                        fetchAll(read);
                    }
                } catch (ProtocolException expected) {
                    // The only way to refuse.
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("word " + word + " at " + at, e);
                }
            }
        }
    }

    @Test
    void truncatedMessagesAreRefused() {
        byte[] batch = batch();
        byte[] dictionary = dictionary();
        for (int length = 0; length < batch.length; length++) {
            IpcReader reader = new IpcReader(SampleBatch.schema());
            reader.read(dictionary, 0, dictionary.length);
            byte[] cut = Arrays.copyOf(batch, length);
            assertThrows(ProtocolException.class, () -> reader.read(cut, 0, cut.length));
        }
    }

    @Test
    void aBatchNeedsItsDictionary() {
        byte[] batch = batch();
        IpcReader reader = new IpcReader(SampleBatch.schema());
        assertThrows(ProtocolException.class, () -> reader.read(batch, 0, batch.length));
    }

    private static byte[] mutate(byte[] bytes, boolean wanted, Random random) {
        if (!wanted) {
            return bytes;
        }
        byte[] mutant = bytes.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutant.length);
            mutant[at] =
                    random.nextBoolean()
                            ? (byte) random.nextInt()
                            : (byte) (mutant[at] ^ 1 << random.nextInt(8));
        }
        return mutant;
    }

    private static void fetchAll(WireBatch batch) {
        for (WireColumn column : batch.columns()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                if (!column.isNull(row)) {
                    fetch(column, row);
                }
            }
        }
    }

    private static void fetch(WireColumn column, int row) {
        switch (column.field().type().kind()) {
            case NULL -> {}
            case BOOLEAN -> column.booleanAt(row);
            case INT8, INT16, INT32, INT64, DATE32, TIMESTAMP -> column.longAt(row);
            case FLOAT32 -> column.float32At(row);
            case FLOAT64 -> column.float64At(row);
            case DECIMAL128 -> {
                column.decimalHighAt(row);
                column.decimalLowAt(row);
            }
            case UTF8 -> {
                column.textAt(row);
                assertTrue(
                        column.textOffset(row) + column.textLength(row)
                                <= column.textBytes(row).length);
            }
        }
    }

    private static byte[] batch() {
        FrameBuffer out = new FrameBuffer(64);
        IpcWriter.writeRecordBatch(out, 3, SampleBatch.columns());
        return out.toByteArray();
    }

    private static byte[] dictionary() {
        FrameBuffer out = new FrameBuffer(64);
        TextBuffer values = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
        for (String entry : List.of("red", "green")) {
            values.append(entry);
        }
        IpcWriter.writeDictionaryBatch(out, 0, false, values);
        return out.toByteArray();
    }
}
