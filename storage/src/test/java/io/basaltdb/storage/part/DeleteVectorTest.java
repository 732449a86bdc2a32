package io.basaltdb.storage.part;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.vector.Selection;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeleteVectorTest {
    @Test
    void itIsASetOfRows() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            int rows = 1 + random.nextInt(100_000);
            BitSet model = new BitSet();
            int[] some = random.ints(random.nextInt(2000), 0, rows).toArray();
            int[] more = random.ints(random.nextInt(2000), 0, rows).toArray();
            Arrays.stream(some).forEach(model::set);
            Arrays.stream(more).forEach(model::set);
            DeleteVector first = DeleteVector.fromRows(some, some.length);
            DeleteVector both = first.union(DeleteVector.fromRows(more, more.length));
            assertEquals(both, first.with(more, more.length));
            assertEquals(both, DeleteVector.deserialize(both.serialize()));
            assertEquals(model.cardinality(), both.cardinality());
            assertArrayEquals(model.stream().toArray(), both.toRows());
            for (int start = 0; start < rows; start += 4096) {
                checkGranule(model, both, start, Math.min(4096, rows - start));
            }
        }
    }

    private static void checkGranule(BitSet model, DeleteVector deleted, int start, int rows) {
        Selection live = deleted.live(start, rows, new int[4096]);
        int gone = model.get(start, start + rows).cardinality();
        assertEquals(gone, deleted.cardinality(start, rows));
        assertEquals(gone > 0, deleted.intersects(start, rows));
        if (gone == 0) {
            assertNull(live);
            assertEquals(-1, deleted.firstFrom(start, rows));
            return;
        }
        assertEquals(model.nextSetBit(start), deleted.firstFrom(start, rows));
        int count = 0;
        for (int row = 0; row < rows; row++) {
            assertEquals(model.get(start + row), deleted.contains(start + row));
            if (!model.get(start + row)) {
                assertEquals(row, live.rows()[count++]);
            }
        }
        assertEquals(count, live.count());
    }

    @Test
    void everyFlippedBitIsFound() {
        int[] rows = new Random(3).ints(300, 0, 1 << 20).toArray();
        byte[] good = DeleteVector.fromRows(rows, rows.length).serialize();
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << bit);
                assertThrows(BasaltException.class, () -> DeleteVector.deserialize(bad));
            }
        }
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(BasaltException.class, () -> DeleteVector.deserialize(cut));
        }
    }
}
