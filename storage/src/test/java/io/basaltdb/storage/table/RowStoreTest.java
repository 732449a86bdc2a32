package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.testkit.RandomVectors;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Rows that came where others stood, against a list of values.
final class RowStoreTest {
    private static final int ROUNDS = 3;

    @RepeatedTest(30)
    void holdsWhatCameAfterItWasCleared(RepetitionInfo info) {
        RandomVectors vectors = new RandomVectors(4000 + info.getCurrentRepetition());
        Random random = vectors.random();
        List<Type> types = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            types.add(vectors.type());
        }
        RowStore store = new RowStore(types, false, 0);
        for (int round = 0; round < ROUNDS; round++) {
            store.clear();
            assertEquals(0, store.rowCount());
            assertEquals(0, store.sizeBytes());
            List<List<Value>> expected = new ArrayList<>();
            for (int batches = 1 + random.nextInt(5); batches > 0; batches--) {
                int size = 1 + random.nextInt(3000);
                append(store, batch(vectors, types, size), vectors.selection(size), expected);
            }
            assertEquals(expected, rows(store), () -> "types " + types);
        }
    }

    @Test
    void countsArraysThatWaitForRowsAndLetsGoOfThem() {
        RowStore store = new RowStore(List.of(Type.BIGINT, Type.TEXT), false, 0);
        fill(store, 5 * Batch.MAX_ROWS);
        long held = store.sizeBytes();
        assertEquals(0, store.spareBytes());

        store.clear();
        assertEquals(held, store.spareBytes());
        fill(store, Batch.MAX_ROWS);
        assertEquals(held, store.sizeBytes() + store.spareBytes());
        long waiting = store.spareBytes();

        store.trim(1);
        assertTrue(store.spareBytes() < waiting && store.spareBytes() > 0);
        fill(store, 5 * Batch.MAX_ROWS);
        assertEquals(0, store.spareBytes());
        assertEquals(6 * Batch.MAX_ROWS, rows(store).size());

        store.clear();
        store.trim(Long.MAX_VALUE);
        assertEquals(0, store.spareBytes());
        assertEquals(0, store.sizeBytes());
    }

    private static void fill(RowStore store, int rows) {
        RandomVectors vectors = new RandomVectors(7);
        for (int left = rows; left > 0; left -= Batch.MAX_ROWS) {
            store.append(
                    List.of(
                            vectors.vector(Type.BIGINT, Batch.MAX_ROWS, false),
                            vectors.vector(Type.TEXT, Batch.MAX_ROWS, false)),
                    Batch.MAX_ROWS,
                    null,
                    0);
        }
    }

    private static List<Vector> batch(RandomVectors vectors, List<Type> types, int size) {
        List<Vector> columns = new ArrayList<>();
        for (Type type : types) {
            columns.add(vectors.vector(type, size, vectors.random().nextBoolean()));
        }
        return columns;
    }

    private static void append(
            RowStore store,
            List<Vector> columns,
            @Nullable Selection selection,
            List<List<Value>> expected) {
        int size = columns.getFirst().size();
        store.append(columns, size, selection, 0);
        List<Vector> flat = columns.stream().map(FlatVectors::flat).toList();
        int count = selection == null ? size : selection.count();
        for (int i = 0; i < count; i++) {
            int lane = selection == null ? i : selection.rows()[i];
            expected.add(flat.stream().map(column -> VectorValues.value(column, lane)).toList());
        }
    }

    private static List<List<Value>> rows(RowStore store) {
        DeltaView view = store.view();
        List<List<Value>> rows = new ArrayList<>();
        for (int c = 0; c < view.chunkCount(); c++) {
            List<Vector> columns = view.chunks()[c].vectors(view.rows(c));
            for (int i = 0; i < view.rows(c); i++) {
                int lane = i;
                rows.add(columns.stream().map(column -> VectorValues.value(column, lane)).toList());
            }
        }
        return rows;
    }
}
