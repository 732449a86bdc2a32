package io.basaltdb.query.operator.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBitmapTest {
    private static final int ROWS = 1000;

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000, Long.MIN_VALUE, Long.MAX_VALUE - 9_999})
    void keepsTheLanesWhoseValueIsThere(long min) {
        Random random = new Random(min);
        long[] built = new long[ROWS];
        Set<Long> known = new HashSet<>();
        for (int i = 0; i < ROWS; i++) {
            built[i] = min + (i < 2 ? 9_999L * i : random.nextInt(10_000));
            known.add(built[i]);
        }
        long[] probed = new long[ROWS];
        long[] valid = new long[Validity.words(ROWS)];
        Validity.fill(valid, ROWS);
        for (int i = 0; i < ROWS; i++) {
            probed[i] = i % 7 == 0 ? random.nextLong() : min + random.nextInt(12_000) - 1_000;
            if (i % 11 == 0) {
                Validity.setNull(valid, i);
            }
        }
        int[] among = {0, 3, 4, 5, 11, 400, 998, 999};
        try (RowStore store = store(built, null)) {
            KeyBitmap bitmap = KeyBitmap.of((LongStore) store.column(0), min, 9_999);
            assertTrue(bitmap.isSelective());
            int[] all = new int[ROWS];
            Arrays.setAll(all, i -> i);
            assertArrayEquals(
                    expected(all, probed, null, known),
                    lanes(bitmap.select(probed, null, null, ROWS, new int[ROWS])));
            assertArrayEquals(
                    expected(all, probed, valid, known),
                    lanes(bitmap.select(probed, valid, null, ROWS, new int[ROWS])));
            assertArrayEquals(
                    expected(among, probed, valid, known),
                    lanes(
                            bitmap.select(
                                    probed,
                                    valid,
                                    new Selection(among, among.length),
                                    ROWS,
                                    new int[ROWS])));
        }
    }

    @Test
    void leavesNullsOfTheBuildSideOut() {
        long[] valid = new long[Validity.words(4)];
        Validity.fill(valid, 4);
        Validity.setNull(valid, 1);
        try (RowStore store = store(new long[] {10, -77, 30, 40}, valid)) {
            KeyBitmap bitmap = KeyBitmap.of((LongStore) store.column(0), 10, 30);
            long[] probed = {10, 11, 30, 40, 41, -77};
            assertArrayEquals(
                    new int[] {0, 2, 3}, lanes(bitmap.select(probed, null, null, 6, new int[6])));
        }
    }

    @Test
    void isNotSelectiveWhereMostValuesOccur() {
        try (RowStore store = store(new long[] {1, 2, 3, 5}, null)) {
            assertFalse(KeyBitmap.of((LongStore) store.column(0), 1, 4).isSelective());
        }
    }

    @Test
    void paysWhileItsBitsAreFew() {
        assertTrue(KeyBitmap.pays(200_000, 10));
        assertTrue(KeyBitmap.pays(60_000_000, 1_000_000));
        assertFalse(KeyBitmap.pays(60_000_000, 10));
        assertFalse(KeyBitmap.pays(Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    private static RowStore store(long[] values, long[] valid) {
        RowStore store =
                new RowStore(
                        List.of(Type.BIGINT),
                        MemoryBudget.root("test", "none", Long.MAX_VALUE),
                        "test");
        store.append(
                new Batch(
                        values.length,
                        List.of(new LongVector(Type.BIGINT, values.length, values, valid))));
        assertEquals(values.length, store.rowCount());
        return store;
    }

    private static int[] expected(int[] lanes, long[] values, long[] valid, Set<Long> known) {
        return Arrays.stream(lanes)
                .filter(lane -> valid == null || Validity.isValid(valid, lane))
                .filter(lane -> known.contains(values[lane]))
                .toArray();
    }

    private static int[] lanes(Selection selection) {
        return Arrays.copyOf(selection.rows(), selection.count());
    }
}
