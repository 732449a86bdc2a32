package io.basaltdb.protocol.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.ProtocolException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowReaderTest {
    private static byte[] number(long value) {
        LongBuffer column = (LongBuffer) ColumnBuffer.of(WireType.INT64);
        column.append(value);
        return message("n", column);
    }

    private static byte[] text(String value) {
        TextBuffer column = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
        column.append(value);
        return message("a name that is longer", column);
    }

    private static byte[] message(String name, ColumnBuffer column) {
        FrameBuffer out = new FrameBuffer(64);
        IpcWriter.writeSchema(out, WireSchema.of(WireField.of(name, column.type(), true)));
        IpcWriter.writeRecordBatch(out, 1, List.of(column));
        return out.toByteArray();
    }

    @Test
    void readsRowsOfTheSameAndOfOtherSchemas() {
        RowReader reader = new RowReader();

        assertEquals(7, reader.read(number(7)).column(0).longAt(0));
        assertEquals(8, reader.read(number(8)).column(0).longAt(0));
        assertEquals("x", reader.read(text("x")).column(0).textAt(0));
        assertEquals("y", reader.read(text("y")).column(0).textAt(0));
        assertEquals(9, reader.read(number(9)).column(0).longAt(0));
    }

    @Test
    void readsRowsThatStandBetweenOtherBytes() {
        RowReader reader = new RowReader();
        for (int before = 0; before < 20; before++) {
            byte[] message = before % 3 == 0 ? text("x") : number(before);
            byte[] around = new byte[before + message.length + 5];
            System.arraycopy(message, 0, around, before, message.length);
            WireBatch batch = reader.read(around, before, before + message.length);

            assertEquals(1, batch.rowCount());
            if (before % 3 == 0) {
                assertEquals("x", batch.column(0).textAt(0));
            } else {
                assertEquals(before, batch.column(0).longAt(0));
            }
        }
    }

    @Test
    void refusesAMessageThatEndsWithItsSchema() {
        RowReader reader = new RowReader();
        byte[] whole = number(7);
        reader.read(whole);
        for (int size = 0; size < whole.length; size++) {
            byte[] cut = Arrays.copyOf(whole, size);
            assertThrows(ProtocolException.class, () -> reader.read(cut));
        }

        assertEquals(8, reader.read(number(8)).column(0).longAt(0));
    }

    @Test
    void readsASchemaThatIsTooLargeToKeep() {
        RowReader reader = new RowReader();
        LongBuffer column = (LongBuffer) ColumnBuffer.of(WireType.INT64);
        column.append(7);
        byte[] wide = message("n".repeat(100_000), column);

        assertEquals(7, reader.read(wide).column(0).longAt(0));
        assertEquals(7, reader.read(wide).column(0).longAt(0));
        assertEquals(8, reader.read(number(8)).column(0).longAt(0));
    }
}
